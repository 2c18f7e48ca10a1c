using System.Text.Encodings.Web;
using System.Text.Json;

namespace Rescue.Sessions.Email.Storage;

/// <summary>The stored form of a message: what the outbox seals and keeps until a mail server has taken it.</summary>
internal static class EmailMessageJson
{
    // It is never part of a page: six bytes for each < of a message's HTML would be stored for nothing.
    private static readonly StoredMessageContext Stored =
        new(new(StoredMessageContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static byte[] ToUtf8Bytes(EmailMessage message) =>
        JsonSerializer.SerializeToUtf8Bytes(StoredMessage.Of(message), Stored.StoredMessage);

    /// <exception cref="JsonException">The bytes are not a stored message.</exception>
    public static EmailMessage FromUtf8Bytes(ReadOnlySpan<byte> utf8) =>
        (JsonSerializer.Deserialize(utf8, Stored.StoredMessage)
            ?? throw new JsonException("A stored message is an object, not null.")).ToMessage();
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rescue.Sessions.Organizations;

namespace Rescue.Sessions.Email.Storage;

/// <summary>The stored form of a message: what the outbox seals and keeps until a mail server has taken it.</summary>
internal static partial class EmailMessageJson
{
    // It is never part of a page: six bytes for each < of a message's HTML would be stored for nothing.
    private static readonly Context Json = new(new(Context.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static byte[] ToUtf8Bytes(EmailMessage message) => JsonSerializer.SerializeToUtf8Bytes(
        new Message(
            message.MessageId,
            message.Date,
            Mailbox.Of(message.From),
            message.To is { } to ? Mailbox.Of(to) : null,
            message.Subject,
            message.Text,
            message.Language,
            message.Link.OriginalString,
            message.ReplyTo is { } replyTo ? Mailbox.Of(replyTo) : null,
            message.Html,
            message.Tenant,
            message.Session?.ToString(),
            message.Reference,
            message.DkimSelectors,
            message.Logo?.Bytes.ToArray()),
        Json.Message);

    /// <exception cref="JsonException">The bytes are not a stored message.</exception>
    public static EmailMessage FromUtf8Bytes(ReadOnlySpan<byte> utf8)
    {
        var stored = JsonSerializer.Deserialize(utf8, Json.Message) ?? throw new JsonException("A stored message is an object, not null.");
        return new()
        {
            MessageId = stored.MessageId,
            Date = stored.Date,
            From = stored.From.ToAddress(),
            ReplyTo = stored.ReplyTo?.ToAddress(),
            To = stored.To?.ToAddress(),
            Subject = stored.Subject,
            Text = stored.Text,
            Html = stored.Html,
            Language = LanguageTag.Nearest(stored.Language),
            Link = new Uri(stored.Link, UriKind.Absolute),
            Tenant = stored.Tenant ?? Technician.DefaultTenant,
            Session = SessionId.TryParse(stored.Session, out var session) ? session : null,
            Reference = stored.Reference,
            DkimSelectors = stored.DkimSelectors,
            Logo = stored.Logo is null ? null : OrganizationLogo.Parse(stored.Logo),
        };
    }

    // Plain values only, so that messages already stored can be read after the types around them have changed.
    private sealed record Message(
        string MessageId,
        DateTimeOffset Date,
        Mailbox From,
        Mailbox? To,
        string Subject,
        string Text,
        string Language,
        string Link,
        Mailbox? ReplyTo = null,
        string? Html = null,
        string? Tenant = null,
        string? Session = null,
        string? Reference = null,
        string? DkimSelectors = null,
        byte[]? Logo = null);

    private sealed record Mailbox(string Address, string? Name = null)
    {
        public static Mailbox Of(EmailAddress address) => new(address.Address, address.DisplayName);

        public EmailAddress ToAddress() => EmailAddress.Parse(Address).WithDisplayName(Name);
    }

    [JsonSerializable(typeof(Message))]
    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true)]
    private sealed partial class Context : JsonSerializerContext;
}

using System.Runtime.InteropServices;
using MimeKit;

namespace HelpDesk.Inbox;

/// <summary>What a reader sees of a message. All of it is the sender's text: encode it, never run it.</summary>
public sealed record MessageContent(string From, string ReplyTo, string To, string Subject, DateTimeOffset? Date, string? Text, string? Html)
{
    /// <summary>The images that came with the message, as <c>data:</c> URIs by Content-ID.</summary>
    public IReadOnlyDictionary<string, string> Images { get; private init; } = new Dictionary<string, string>();

    public static MessageContent Parse(ReadOnlyMemory<byte> source)
    {
        using var stream = MemoryMarshal.TryGetArray(source, out var bytes)
            ? new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false)
            : new MemoryStream(source.ToArray(), writable: false);
        try
        {
            using var message = MimeMessage.Load(stream);
            return new(
                message.From.ToString(),
                message.ReplyTo.ToString(),
                message.To.ToString(),
                message.Subject ?? "",
                message.Headers.Contains(HeaderId.Date) ? message.Date : null,
                message.TextBody,
                message.HtmlBody)
            {
                Images = message.BodyParts.OfType<MimePart>()
                    .Where(part => part is { ContentId.Length: > 0, Content: not null } && part.ContentType.IsMimeType("image", "*"))
                    .DistinctBy(part => part.ContentId)
                    .ToDictionary(part => part.ContentId!, DataUri),
            };
        }
        catch (FormatException)
        {
            // Not a message by RFC 5322: there is nothing to take apart, and its source still shows.
            return new("", "", "", "", null, null, null);
        }
    }

    private static string DataUri(MimePart image)
    {
        using var bytes = new MemoryStream();
        image.Content!.DecodeTo(bytes);
        return $"data:{image.ContentType.MimeType};base64,{Convert.ToBase64String(bytes.GetBuffer(), 0, (int)bytes.Length)}";
    }
}

using System.Text;

namespace Rescue.Sessions.Email.Mailto;

/// <summary>
/// A <c>mailto:</c> URI (RFC 6068) with one addressee, a subject and a body, and nothing else. Mail programs and browsers lose what
/// is beyond about 2,000 characters, and a link that lost its end is worse than no draft, so the body gives way, never the link.
/// </summary>
internal static class MailtoUri
{
    /// <summary>What a body with words around the link may take.</summary>
    public const int Budget = 1_600;

    /// <summary>What the shortest body, the link alone, may take.</summary>
    public const int Cap = 2_000;

    /// <summary>What a URI to a usual address has besides subject and body.</summary>
    public const int HeadLength = 50;

    /// <summary>How long a text is in a URI, without writing it: as unreserved characters, or as three for each byte of UTF-8 (RFC 3986 section 2.1).</summary>
    public static int EncodedLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            length += rune.Value == '\n' ? 6 : rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || rune.Value is '-' or '.' or '_' or '~')
                ? 1
                : 3 * rune.Utf8SequenceLength;
        }

        return length;
    }

    /// <summary>How long the URI with the whole text would be.</summary>
    public static int WholeLength(EmailMessage message) =>
        Head(message).Length + Encode(DraftBody.FromLongest(message.Text, message.Link.OriginalString).First()).Length;

    /// <summary>The URI, or null when not even the link alone fits.</summary>
    public static string? Create(EmailMessage message)
    {
        var head = Head(message);
        foreach (var body in DraftBody.FromLongest(message.Text, message.Link.OriginalString))
        {
            var uri = head + Encode(body);
            if (uri.Length <= Budget)
                return uri;
        }

        var shortest = head + Encode(message.Link.OriginalString);
        return shortest.Length <= Cap ? shortest : null;
    }

    private static string Head(EmailMessage message) => $"mailto:{Addressee(message.To)}?subject={Encode(message.Subject)}&body=";

    /// <summary>The <c>@</c> stays, all else that could be read as syntax is encoded; the domain is in ASCII, which every program knows.</summary>
    private static string Addressee(EmailAddress? address) =>
        address is null ? "" : $"{Encode(address.LocalPart)}@{address.AsciiDomain}";

    /// <summary>UTF-8, everything but unreserved characters encoded (RFC 3986 section 2.3), and line breaks as CRLF (RFC 6068 section 5).</summary>
    private static string Encode(string text) => Uri.EscapeDataString(text.Replace("\n", "\r\n", StringComparison.Ordinal));
}

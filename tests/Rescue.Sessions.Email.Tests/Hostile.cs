using CsCheck;
using Rescue.Sessions.Normalization;

namespace Rescue.Sessions.Email;

/// <summary>Texts made of the characters that mean something to SMTP, MIME, URIs and address parsers.</summary>
internal static class Hostile
{
    private static readonly Gen<string> Piece = Gen.OneOf(
        Gen.OneOf(
            "@", "a", "b.c", "example.com", "é", "用", "😀", "bücher.example", ".", "..", "\"", "\\", " ", "\t", ",", ";", ":", "<", ">", "(", ")",
            "\r", "\n", "\r\n", "\r\n.\r\n", "\n.\n", "\0", "\u007F", "\u0085", "\u2028", "\u202E", "\u200D", "\uD800", "%", "%0d%0a", "&", "?", "#",
            "+", "=", "'", "/", "RCPT TO:<x@example.org>", "Bcc: x@example.org", "=?utf-8?q?=0D=0A?=", "--", "=_", "."),
        Gen.String[Gen.Char.AlphaNumeric, 0, 8],
        Gen.String[0, 4]);

    /// <summary>Anything, with line breaks, control characters and lone surrogates.</summary>
    public static readonly Gen<string> Text = Piece.List[0, 12].Select(string.Concat);

    /// <summary>The same, cut down to what a header may hold.</summary>
    public static readonly Gen<string> Line = Text
        .Select(text => string.Concat(text.EnumerateRunes().Select(r => r.ToString()).Where(r => SingleLine.IsClean(r))))
        .Where(text => !string.IsNullOrWhiteSpace(text) && text.Length <= 250);

    /// <summary>The same, cut down to what a body may hold.</summary>
    public static readonly Gen<string> Body = Text.List[0, 20].Select(texts => string.Concat(
        string.Concat(texts).EnumerateRunes().Select(r => r.ToString()).Where(r => r is "\n" or "\r" or "\t" || !char.IsControl(r[0]))));

    /// <summary>Valid mailboxes, with the local parts that parsers stumble over.</summary>
    public static readonly Gen<EmailAddress> Mailbox = Gen.Select(
        Gen.OneOf(
            Gen.String[Gen.Char["abcXYZ019!#$%&'*+-/=?^_`{|}~é用"], 1, 16],
            Gen.String[Gen.Char["ab,;:<>()@ .%&?#+"], 1, 16].Select(s => $"\"{s}\"")),
        Gen.OneOf("example.com", "bücher.example", "a-b.example.org", "localhost"),
        (local, domain) => EmailAddress.Parse($"{local}@{domain}"));
}

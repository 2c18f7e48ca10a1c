using System.Text;

namespace Rescue.Sessions.Email.Mime;

/// <summary>
/// Text in headers (RFC 2047). What looks like an encoded word already is encoded once more, so that readers show what was written:
/// left alone, <c>=?utf-8?q?=0D=0A?=</c> in somebody's name becomes a line break in the first program that decodes it.
/// </summary>
internal static class EncodedWords
{
    /// <summary>Past this a line is folded, which only encoded words survive unchanged.</summary>
    private const int MaximumPlainLength = 60;

    /// <summary>39 octets are 52 characters of base64: with its frame and "Reply-To: " before it, a line stays within the 76 of section 2.</summary>
    private const int MaximumWordOctets = 39;

    /// <summary>Whether every reader shows the text as it is, without encoding.</summary>
    public static bool IsPlain(string text) => text.Length <= MaximumPlainLength
        && text.All(c => c is >= ' ' and <= '~')
        && text[0] != ' ' && text[^1] != ' '
        && !text.Contains("=?", StringComparison.Ordinal);

    /// <summary>One encoded word a line; characters are never split between words (section 5).</summary>
    public static string Encode(string text)
    {
        var words = new StringBuilder();
        Span<byte> octets = stackalloc byte[MaximumWordOctets];
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (length + rune.Utf8SequenceLength > octets.Length)
            {
                Append(words, octets[..length]);
                length = 0;
            }

            length += rune.EncodeToUtf8(octets[length..]);
        }

        Append(words, octets[..length]);
        return words.ToString();
    }

    private static void Append(StringBuilder words, ReadOnlySpan<byte> octets)
    {
        if (words.Length > 0)
            words.Append("\r\n ");
        words.Append("=?utf-8?b?").Append(Convert.ToBase64String(octets)).Append("?=");
    }
}

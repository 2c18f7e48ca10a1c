namespace Rescue.Sessions.Email.Smtp;

/// <summary>
/// Makes a server's words fit to be stored and shown. Servers quote addresses, links and pieces of a message in their answers; what
/// could be one of these is replaced, if need be with a harmless word or two.
/// </summary>
internal static class ReplyMask
{
    private const string Hidden = "***";
    private const int MaximumLength = 300;

    /// <summary>This many words in a row that stand in the message are a quotation and no coincidence.</summary>
    private const int QuotationLength = 3;

    public static string Mask(string words, EmailMessage message)
    {
        var tokens = TokensOf(words);
        var isHidden = Array.ConvertAll(tokens, token => IsPrivate(token, message));
        HideQuotations(tokens, isHidden, message);
        return Join(tokens, isHidden);
    }

    /// <summary>The same where no more is known of the message than whom it was sent to, if that.</summary>
    public static string Mask(string words, EmailAddress? recipient)
    {
        var tokens = TokensOf(words);
        return Join(tokens, Array.ConvertAll(tokens, token => IsAddress(token) || (recipient is not null && IsPersonal(token, recipient))));
    }

    private static string[] TokensOf(string words) =>
        (words.Length > MaximumLength ? words[..MaximumLength] : words).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static string Join(string[] tokens, bool[] isHidden) => string.Join(' ', tokens.Select((token, i) => isHidden[i] ? Hidden : Printable(token)));

    private static bool IsAddress(string token) => token.Contains('@', StringComparison.Ordinal) || token.Contains("://", StringComparison.Ordinal);

    private static bool IsPrivate(string token, EmailMessage message) =>
        IsAddress(token)
        || IsPersonal(token, message.To!)
        || IsPersonal(token, message.From)
        || Fragments(message.Link.Query).Any(secret => token.Contains(secret, StringComparison.Ordinal))
        || Fragments(token).Any(part => part.Any(char.IsDigit) && IsQuoted(part, message));

    /// <summary>A word of the name, the local part, or the domain.</summary>
    private static bool IsPersonal(string token, EmailAddress address) =>
        IsLocalPart(token, address.LocalPart)
        || token.Contains(address.Domain, StringComparison.OrdinalIgnoreCase)
        || token.Contains(address.AsciiDomain, StringComparison.OrdinalIgnoreCase)
        || (address.DisplayName is { } name && Fragments(name, minimum: 3).Any(word => token.Contains(word, StringComparison.OrdinalIgnoreCase)));

    /// <summary>A local part of a letter or two stands in half of all words, and only counts as a word of its own.</summary>
    private static bool IsLocalPart(string token, string localPart) => localPart.Length < 3
        ? Fragments(token, minimum: 1).Contains(localPart, StringComparer.OrdinalIgnoreCase)
        : token.Contains(localPart, StringComparison.OrdinalIgnoreCase);

    private static void HideQuotations(string[] tokens, bool[] isHidden, EmailMessage message)
    {
        for (var i = 0; i + QuotationLength <= tokens.Length; i++)
        {
            var run = tokens[i..(i + QuotationLength)];

            // Word by word first, because nearly every answer fails at its first word.
            if (Array.TrueForAll(run, word => IsQuoted(word, message)) && IsQuotedInARow(run, message))
                isHidden.AsSpan(i, QuotationLength).Fill(true);
        }
    }

    private static bool IsQuoted(string word, EmailMessage message) =>
        Array.Exists(Sources(message), source => source.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static bool IsQuotedInARow(string[] run, EmailMessage message)
    {
        var words = string.Join(' ', run);
        return Array.Exists(Sources(message), source =>
            string.Join(' ', source.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Contains(words, StringComparison.OrdinalIgnoreCase));
    }

    private static string[] Sources(EmailMessage message) => [message.Text, message.Subject, message.Html ?? ""];

    /// <summary>The runs of letters and digits that are long enough to mean something.</summary>
    private static IEnumerable<string> Fragments(string text, int minimum = 4)
    {
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsLetterOrDigit(text[i]))
                continue;
            if (i - start >= minimum)
                yield return text[start..i];
            start = i + 1;
        }
    }

    private static string Printable(string token) => string.Concat(token.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
}

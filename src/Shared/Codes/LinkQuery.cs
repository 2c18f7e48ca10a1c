using System.Text;

namespace Rescue.Sessions.Codes;

/// <summary>
/// The one reader of what a link carries, <c>i=2&amp;Code=PIN&amp;k=TOKEN</c>, in the state in which mail delivers it: keys in any case and behind
/// <c>amp;</c>, separators escaped for a link, for JSON or for HTML, quoted-printable remains, keys pasted twice, and dropped characters anywhere in the values.
/// </summary>
/// <param name="HasPin">Whether there is a PIN, readable or not.</param>
/// <param name="HasToken">Whether there is a token, readable or not: such a link is never taken for one by PIN alone.</param>
/// <param name="Pin">The PIN in ASCII digits; null where it is missing, unreadable or not one.</param>
/// <param name="Token">The token in its canonical spelling; null where it is missing, unreadable or not one.</param>
/// <param name="Entry">The opaque parameter <c>i</c>, or null.</param>
internal sealed record LinkQuery(bool HasPin, bool HasToken, string? Pin, string? Token, string? Entry)
{
    public const string PinKey = "Code";

    public const string TokenKey = "k";

    public const string EntryKey = "i";

    // Trackers add much, but a link of ours stays far below.
    private const int LongestQuery = 8192;

    private const int Rewritings = 3;

    private delegate bool Reader(string text, out string value);

    public static LinkQuery Read(string? query)
    {
        if (query is null or { Length: > LongestQuery })
            return new(false, false, null, null, null);
        var values = Split(query).ToLookup(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase);
        return new(
            values[PinKey].Any(value => !string.IsNullOrWhiteSpace(value)),
            values.Contains(TokenKey),
            One(values[PinKey], PinKey, TryReadPin),
            One(values[TokenKey], TokenKey, TokenText.TryRead),
            values[EntryKey].Select(value => KeptOf(WithoutEscapedEquals(value))).FirstOrDefault(entry => entry.Length > 0));
    }

    public override string ToString() => "LinkQuery ****";

    private static IEnumerable<(string Key, string Value)> Split(string query)
    {
        var text = LinkDamage.UnescapeQuery(query);
        if (text.IndexOf('#', StringComparison.Ordinal) is >= 0 and var fragment)
            text = text[..fragment];
        foreach (var part in text.Split('&'))
        {
            // A key without a value is what remains of a link that was cut.
            var equals = part.IndexOf('=', StringComparison.Ordinal) is >= 0 and var at ? at : part.Length;
            yield return (KeptOf(part[(part[..equals].LastIndexOf(';') + 1)..equals]), part[Math.Min(equals + 1, part.Length)..]);
        }
    }

    // A value that was pasted twice is one value, a damaged copy beside a good one does no harm, and two different values are none.
    private static string? One(IEnumerable<string> values, string key, Reader reader) =>
        values.Select(value => Find(value, key, reader, Rewritings)).OfType<string>().Distinct(StringComparer.Ordinal).ToArray() is [var only]
            ? only
            : null;

    // What looks like a remainder goes first: without it a value is too short to be read, unless it is a remainder indeed.
    private static string? Find(string value, string key, Reader reader, int rewritings) =>
        (rewritings == 0 ? [] : Rewritten(value, key))
            .Where(next => next != value)
            .Select(next => Find(next, key, reader, rewritings - 1))
            .FirstOrDefault(text => text is not null)
        ?? (reader(value, out var found) ? found : null);

    private static IEnumerable<string> Rewritten(string value, string key)
    {
        yield return WithoutEscapedEquals(value);
        if (value.IndexOf('=', StringComparison.Ordinal) is >= 0 and var equals && string.Equals(KeptOf(value[..equals]), key, StringComparison.OrdinalIgnoreCase))
            yield return value[(equals + 1)..];
        yield return LinkDamage.WithoutQuotedEnd(value);
    }

    private static string WithoutEscapedEquals(string value) => value.StartsWith("3D", StringComparison.OrdinalIgnoreCase) ? value[2..] : value;

    private static bool TryReadPin(string text, out string pin) =>
        PinText.TryRead(string.Concat(text.EnumerateRunes().Where(rune => !LinkDamage.IsDropped(rune))), out pin);

    private static string KeptOf(string text) => string.Concat(text.Where(char.IsAsciiLetterOrDigit));
}

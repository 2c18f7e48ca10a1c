using System.Buffers;

namespace Rescue.Sessions.Sms;

/// <summary>In which alphabet a text is sent, and in how many parts (3GPP TS 23.038 and 23.040).</summary>
internal static class SmsParts
{
    private const int OneGsm = 160;
    private const int PartGsm = 153;
    private const int OneUcs = 70;
    private const int PartUcs = 67;

    // Behind an escape, so each takes the room of two.
    private const string Extension = "\f^{}\\[~]|€";

    private const string Alphabet =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private static readonly SearchValues<char> Gsm = SearchValues.Create(Alphabet + Extension);
    private static readonly SearchValues<char> Escaped = SearchValues.Create(Extension);

    public static SmsEncoding EncodingOf(string text) => text.AsSpan().ContainsAnyExcept(Gsm) ? SmsEncoding.Ucs2 : SmsEncoding.Gsm7;

    public static int CountOf(string text) => EncodingOf(text) == SmsEncoding.Gsm7
        ? Count(text, OneGsm, PartGsm, WidthInGsm)
        : Count(text, OneUcs, PartUcs, WidthInUcs);

    // What takes the room of two is never cut in half: it begins the next part.
    private static int Count(string text, int one, int part, Func<string, int, int> widthAt)
    {
        var (whole, parts, used) = (0, 1, 0);
        for (var at = 0; at < text.Length; at++)
        {
            var width = widthAt(text, at);
            whole += width;
            if (used + width > part)
                (parts, used) = (parts + 1, 0);
            used += width;
        }

        return whole <= one ? 1 : parts;
    }

    private static int WidthInGsm(string text, int at) => Escaped.Contains(text[at]) ? 2 : 1;

    private static int WidthInUcs(string text, int at) =>
        char.IsLowSurrogate(text[at]) && at > 0 && char.IsHighSurrogate(text[at - 1]) ? 0
        : char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2
        : 1;
}

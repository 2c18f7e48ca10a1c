using System.Text.RegularExpressions;

namespace Rescue.Sessions.Sms;

/// <summary>Makes a gateway's words fit for history and logs: no telephone number, no link, one line.</summary>
internal static partial class SmsReason
{
    private const int MaxLength = 256;
    private const string Masked = "…";

    public static string Mask(string? reason)
    {
        var plain = Blanks().Replace(Digits().Replace(Links().Replace(reason ?? "", Masked), Masked), " ").Trim();
        return plain.Length <= MaxLength ? plain : plain[..(char.IsHighSurrogate(plain[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
    }

    [GeneratedRegex(@"\S*(://|[?&]k=)\S*", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Links();

    // However they are grouped.
    [GeneratedRegex(@"\+?\p{Nd}(?:[ .()/-]{0,2}\p{Nd}){4,}", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();

    [GeneratedRegex(@"[\s\p{C}\u2028\u2029]+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();
}

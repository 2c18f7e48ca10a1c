using System.Collections.Frozen;
using System.Globalization;

namespace Rescue.Sessions.Email;

/// <summary>What we need to know of a BCP 47 language tag (RFC 5646), without the culture data that a trimmed program may lack.</summary>
internal static class LanguageTag
{
    private const int MaxLength = 35;

    private static readonly FrozenSet<string> RightToLeftScripts =
        FrozenSet.ToFrozenSet(["Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"], StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> RightToLeftLanguages =
        FrozenSet.ToFrozenSet(["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether it has the form of a tag: subtags of 1 to 8 letters and digits, the first of letters alone (RFC 5646, section 2.1).</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> tag)
    {
        if (tag.Length > MaxLength) return false;
        var first = true;
        foreach (var range in tag.Split('-'))
        {
            var subtag = tag[range];
            if (subtag.Length is 0 or > 8 || (first && subtag.Length < 2)) return false;
            foreach (var character in subtag)
                if (!(first ? char.IsAsciiLetter(character) : char.IsAsciiLetterOrDigit(character))) return false;
            first = false;
        }

        return true;
    }

    /// <summary>The tag in its usual writing: language small, script capitalised, region in capitals (RFC 5646, section 2.1.1).</summary>
    public static string Normalize(string tag) => string.Join('-', tag.ToLowerInvariant().Split('-').Select((subtag, index) => subtag.Length switch
    {
        2 when index > 0 => subtag.ToUpperInvariant(),
        4 when index > 0 && char.IsAsciiLetter(subtag[0]) => char.ToUpperInvariant(subtag[0]) + subtag[1..],
        _ => subtag,
    }));

    /// <summary>The culture to look resources up with: that of the tag or, where the system does not know it, of the nearest parent.</summary>
    public static CultureInfo CultureOf(string tag)
    {
        for (var length = tag.Length; length > 0; length = tag.LastIndexOf('-', length - 1))
        {
            try
            {
                return CultureInfo.GetCultureInfo(tag[..length]);
            }
            catch (CultureNotFoundException)
            {
                // A system without culture data knows few tags; the parent is the next best.
            }
        }

        return CultureInfo.InvariantCulture;
    }

    /// <summary>The direction of writing, for HTML's <c>dir</c>: by the script if the tag names one, otherwise by the language.</summary>
    public static string Direction(string tag)
    {
        var subtags = tag.Split('-');
        var script = Array.Find(subtags[1..], subtag => subtag.Length == 4 && char.IsAsciiLetter(subtag[0]));
        return (script is null ? RightToLeftLanguages.Contains(subtags[0]) : RightToLeftScripts.Contains(script)) ? "rtl" : "ltr";
    }
}

using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Rescue.Sessions;

/// <summary>What we need to know of a BCP 47 language tag (RFC 5646), without the culture data that a trimmed program may lack.</summary>
internal static partial class LanguageTag
{
    private const int MaxLength = 35;
    private const string Last = "en";

    private static readonly FrozenSet<string> RightToLeftScripts =
        FrozenSet.ToFrozenSet(["Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"], StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> RightToLeftLanguages =
        FrozenSet.ToFrozenSet(["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"], StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Whether it is a tag that the standard allows (RFC 5646, section 2.1) and that browsers take: their <c>Intl</c> (ECMA-402, by UTS 35) knows
    /// neither the tags that the standard has inherited, such as <c>i-klingon</c>, nor one that is private as a whole, nor a language behind a language.
    /// Languages of five to eight letters, which the standard keeps free and none has, are a language's name: <c>french</c>.
    /// </summary>
    public static bool IsWellFormed(ReadOnlySpan<char> tag)
    {
        if (tag.Length > MaxLength || !Tag().IsMatch(tag))
            return false;
        // No variant and no extension stands twice; what is private may say anything.
        var variants = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var extensions = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var inExtension = '\0';
        foreach (var range in tag.Split('-'))
        {
            var subtag = tag[range];
            if (subtag is ['x' or 'X'])
                return true;
            if (subtag.Length == 1)
            {
                inExtension = char.ToLowerInvariant(subtag[0]);
                variants.Clear();
                if (!extensions.Add(subtag.ToString()))
                    return false;
            }
            else if (inExtension is '\0' or 't' && IsVariant(subtag) && range.Start.Value > 0 && !variants.Add(subtag.ToString()))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What a stored text means: itself, or the longest beginning of it that is a tag; English when there is none. Earlier versions stored what now is refused.</summary>
    public static string Nearest(string stored)
    {
        for (var length = stored.Length; length > 0; length = stored.LastIndexOf('-', length - 1))
        {
            if (IsWellFormed(stored.AsSpan(0, length)))
                return stored[..length];
        }

        return Last;
    }

    /// <summary>The languages in which something is looked for: what each stored text means and its parents in turn (RFC 4647, section 3.4), every one once.</summary>
    public static IEnumerable<string> Chain(params IEnumerable<string?> stored) => stored.OfType<string>().SelectMany(WithParents).Distinct();

    /// <summary>The tag in its usual writing: language small, script capitalised, region in capitals (RFC 5646, section 2.1.1).</summary>
    public static string Normalize(string tag)
    {
        var afterSingleton = false;
        return string.Join('-', tag.ToLowerInvariant().Split('-').Select((subtag, index) =>
        {
            var written = (subtag.Length, afterSingleton || index == 0) switch
            {
                (2, false) => subtag.ToUpperInvariant(),
                (4, false) when char.IsAsciiLetter(subtag[0]) => char.ToUpperInvariant(subtag[0]) + subtag[1..],
                _ => subtag,
            };
            afterSingleton |= subtag.Length == 1;
            return written;
        }));
    }

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

    private static IEnumerable<string> WithParents(string stored)
    {
        for (var rest = Normalize(Nearest(stored)); rest.Length > 0; rest = Parent(rest))
        {
            // The name of an extension's field is no tag without its value.
            if (IsWellFormed(rest))
                yield return rest;
        }
    }

    private static string Parent(string tag)
    {
        var cut = tag.LastIndexOf('-');
        // A single letter or digit only introduces what follows it.
        while (cut >= 2 && tag[cut - 2] == '-')
            cut -= 2;
        return tag[..Math.Max(0, cut)];
    }

    private static bool IsVariant(ReadOnlySpan<char> subtag) => subtag.Length >= 5 || (subtag.Length == 4 && char.IsAsciiDigit(subtag[0]));

    // Language, script, region and variants; then extensions: u of keys and their types, t of a tag and its fields, others of any subtags; then what is private.
    [GeneratedRegex(
        """
        ^ [A-Za-z]{2,3} (?:-[A-Za-z]{4})? (?:-(?:[A-Za-z]{2}|[0-9]{3}))? (?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*
        (?:
          -[Uu] (?= -) (?:-[A-Za-z0-9]{3,8})* (?:-[A-Za-z0-9][A-Za-z] (?:-[A-Za-z0-9]{3,8})*)*
        | -[Tt] (?= -) (?:-[A-Za-z]{2,3} (?:-[A-Za-z]{4})? (?:-(?:[A-Za-z]{2}|[0-9]{3}))? (?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*)?
          (?:-[A-Za-z][0-9] (?:-[A-Za-z0-9]{3,8})+)*
        | -[0-9A-SV-Wa-sv-wYyZz] (?:-[A-Za-z0-9]{2,8})+
        )*
        (?:-[Xx] (?:-[A-Za-z0-9]{1,8})+)? \z
        """,
        RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Tag();
}

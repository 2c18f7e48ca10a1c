using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace RescueApplet.Languages;

/// <summary>Chooses the language of the texts; one that has no texts falls back to English.</summary>
internal static class Language
{
    /// <summary>Whether the texts run from right to left. Without culture data the runtime does not know it.</summary>
    public static bool IsRightToLeft => CultureInfo.CurrentUICulture.Name.Split('-')[0] is "ar" or "ckb" or "dv" or "fa" or "he" or "ps" or "sd" or "ug" or "ur" or "yi";

    public static void Use(CultureInfo culture) => CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentUICulture = Nearest(culture);

    /// <summary>
    /// The nearest language that has texts: for fr-CA that is fr. Resources would look there by themselves, but without culture data the
    /// runtime does not know a culture's parent.
    /// </summary>
    public static CultureInfo Nearest(CultureInfo culture)
    {
        var name = culture.Name;
        while (name.Length > 0 && Texts.Resources.GetResourceSet(CultureInfo.GetCultureInfo(name), createIfNotExists: true, tryParents: false) is null)
            name = name[..Math.Max(0, name.LastIndexOf('-'))];
        return CultureInfo.GetCultureInfo(name);
    }

    public static bool TryParse(string name, [NotNullWhen(true)] out CultureInfo? culture)
    {
        try
        {
            culture = CultureInfo.GetCultureInfo(name);
            return culture.Name.Length > 0;
        }
        catch (CultureNotFoundException)
        {
            culture = null;
            return false;
        }
    }

    /// <summary>The customer's language: on Linux from the locale variables, which the runtime does not read without culture data.</summary>
    public static CultureInfo OfThisMachine() =>
        OperatingSystem.IsLinux() ? FromLocale(Environment.GetEnvironmentVariable) : CultureInfo.CurrentUICulture;

    /// <summary>Reads the locale variables in the order of POSIX (XBD, section 8.2).</summary>
    public static CultureInfo FromLocale(Func<string, string?> variable)
    {
        var locale = ((string[])["LC_ALL", "LC_MESSAGES", "LANG"]).Select(variable).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        var name = locale?.Split('.', '@')[0].Replace('_', '-');
        return name is not (null or "C" or "POSIX") && TryParse(name, out var culture) ? culture : CultureInfo.InvariantCulture;
    }
}

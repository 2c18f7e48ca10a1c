using System.Globalization;
using System.Resources;
using System.Runtime.CompilerServices;

namespace RescueApplet.Languages;

/// <summary>Every line the customer can read. A further language is a further <c>Texts.LANGUAGE.resx</c>.</summary>
internal static class Texts
{
    public static readonly ResourceManager Resources = new(typeof(Texts));

    public static string Help => Get();
    public static string OptionUnknown => Get();
    public static string OptionNeedsValue => Get();
    public static string OptionTooMany => Get();
    public static string LanguageUnknown => Get();

    public static string AskCode => Get();
    public static string AskServer => Get();
    public static string CodeNotUnderstood => Get();
    public static string ServerNotUnderstood => Get();
    public static string PinIsNoAddress => Get();
    public static string AddressInsecure => Get();
    public static string LinkDamaged => Get();
    public static string LinkFileUnreadable => Get();
    public static string LinkFileUsed => Get();
    public static string CodeMissing => Get();
    public static string NotKept => Get();

    public static string Connecting => Get();
    public static string CodeInvalid => Get();
    public static string CodeExpired => Get();
    public static string CodeUsed => Get();
    public static string TooManyTries => Get();
    public static string WaitingForServer => Get();
    public static string Intercepted => Get();
    public static string Stopped => Get();
    public static string Outdated => Get();
    public static string TermsQuestion => Get();
    public static string TermsYes => Get();
    public static string TermsDeclined => Get();

    public static string Joined => Get();
    public static string JoinedNamed => Get();
    public static string MobileNotCovered => Get();
    public static string Waiting => Get();
    public static string Active => Get();
    public static string ActiveUnnamed => Get();
    public static string OnHold => Get();
    public static string OnHoldUnnamed => Get();
    public static string Transferring => Get();
    public static string Rebooting => Get();
    public static string Reconnected => Get();
    public static string TimedOut => Get();
    public static string ConnectionLost => Get();
    public static string GuestCame => Get();
    public static string GuestLeft => Get();

    public static string Ended => Get();
    public static string EndedByTechnician => Get();
    public static string EndedByCustomer => Get();
    public static string EndedByTime => Get();
    public static string EndedByRevocation => Get();
    public static string Left => Get();
    public static string LeftUntold => Get();
    public static string Restarting => Get();
    public static string Replaced => Get();
    public static string Unexpected => Get();
    public static string PressKey => Get();

    /// <summary>Puts values into a text. In one that runs from right to left, each value keeps a direction of its own.</summary>
    public static string Format(string text, params ReadOnlySpan<object?> values)
    {
        if (!Language.IsRightToLeft)
            return string.Format(CultureInfo.CurrentCulture, text, values);

        var isolated = new object?[values.Length];
        for (var at = 0; at < values.Length; at++)
            isolated[at] = $"\u2068{values[at]}\u2069";
        return string.Format(CultureInfo.CurrentCulture, text, isolated);
    }

    private static string Get([CallerMemberName] string name = "") =>
        Resources.GetString(name, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException($"Texts.resx lacks '{name}': add it.");
}

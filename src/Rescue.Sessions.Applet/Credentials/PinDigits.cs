using System.Globalization;

namespace Rescue.Sessions.Applet.Credentials;

static class PinDigits
{
    public static CredentialProblem Read(string? text, out string pin)
    {
        pin = string.Concat((text ?? "").Where(character => !IsSeparator(character)));
        if (pin.Length == 0)
            return CredentialProblem.Empty;

        return pin.Length is >= 6 and <= 12 && pin.All(char.IsAsciiDigit) ? CredentialProblem.None : CredentialProblem.PinMalformed;
    }

    // Mail programs and keyboards turn a hyphen into a dash and a space into a no-break space.
    static bool IsSeparator(char character) =>
        char.IsWhiteSpace(character) || char.GetUnicodeCategory(character) == UnicodeCategory.DashPunctuation;
}

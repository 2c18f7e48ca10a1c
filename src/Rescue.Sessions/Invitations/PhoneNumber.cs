using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Rescue.Sessions.Invitations;

/// <summary>
/// A telephone number as the whole world writes it (ITU-T E.164): a plus sign, the code of the country, the number; 7 to 15 digits. Immutable, and equal to
/// another by its digits. Whether anybody answers, nobody knows.
/// </summary>
public sealed record PhoneNumber
{
    private const int FewestDigits = 7;
    private const int MostDigits = 15;
    private const int ShownDigits = 2;

    // The zero for callers at home, in brackets, belongs to no number from abroad.
    private const string TrunkPrefix = "(0)";

    private PhoneNumber(string value) => Value = value;

    /// <summary>The number without anything between its digits, such as <c>+4930901820</c>. Personal data.</summary>
    public string Value { get; }

    /// <summary>
    /// Reads a number as people type it: blanks, hyphens, dots, slashes, brackets and what nobody sees between the digits, digits of any script, and the
    /// <c>(0)</c> behind the code of the country.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="number">The number; null when it is none.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out PhoneNumber? number) => TryParse(text, out number, out _);

    internal static bool TryParse(string? text, [NotNullWhen(true)] out PhoneNumber? number, out PhoneNumberProblem problem)
    {
        number = null;
        var plain = text?.Trim().Replace(TrunkPrefix, "", StringComparison.Ordinal);
        if (string.IsNullOrEmpty(plain))
        {
            problem = PhoneNumberProblem.Missing;
            return false;
        }

        problem = Read(plain, out var digits);
        number = problem == PhoneNumberProblem.None ? new(digits) : null;
        return number is not null;
    }

    private static PhoneNumberProblem Read(string text, out string digits)
    {
        var found = new StringBuilder("+");
        var hasPlus = false;
        digits = "";
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber)
                found.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
            else if (rune.Value is '+' or '\uFF0B' && !hasPlus && found.Length == 1)
                hasPlus = true;
            else if (!IsBetweenDigits(rune))
                return PhoneNumberProblem.ForeignCharacter;
        }

        digits = found.ToString();
        if (!hasPlus || digits is ['+', '0', ..])
            return PhoneNumberProblem.NoCountryCode;
        return digits.Length - 1 is < FewestDigits or > MostDigits ? PhoneNumberProblem.WrongLength : PhoneNumberProblem.None;
    }

    private static bool IsBetweenDigits(Rune rune) =>
        rune.Value is '.' or '/' or '(' or ')' or 0x2212
        || Rune.IsWhiteSpace(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.DashPunctuation or UnicodeCategory.Format;

    /// <summary>Reads a number.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static PhoneNumber Parse(string text) =>
        TryParse(text, out var number, out var problem) ? number : throw new FormatException($"This is no telephone number: {problem}.");

    /// <summary>The last two digits alone, for it may come into a log.</summary>
    public override string ToString() => $"+…{Value[^ShownDigits..]}";
}

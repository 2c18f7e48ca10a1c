namespace Rescue.Sessions;

/// <summary>The one rule for names that people read: of customers, technicians and organisations.</summary>
internal static class PersonName
{
    public const int MaxLength = 128;

    /// <summary>What is wrong with <paramref name="value"/>, in words that follow the field's name; null when it is fine.</summary>
    public static string? Problem(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
            return "must not be empty.";
        if (TextRules.IsLongerThan(value, MaxLength))
            return $"must not be longer than {MaxLength} characters.";
        if (TextRules.HasForbiddenCharacter(value))
            return "must not contain control characters, line breaks or characters that reverse the reading direction.";
        return TextRules.HasVisibleCharacter(value) ? null : "must hold at least one character that can be seen.";
    }

    /// <summary>A valid name as it is kept: composed (NFC), so that however it was typed it is the same name.</summary>
    public static string Normalize(string value) => value.Trim().Normalize();

    public static string Require(string? value, string parameter) =>
        Problem(value) is { } problem ? throw new ArgumentException($"{parameter} {problem}", parameter) : Normalize(value!);
}

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
        if (value.Length > MaxLength)
            return $"must not be longer than {MaxLength} characters.";
        return TextRules.HasForbiddenCharacter(value)
            ? "must not contain control characters, line breaks or characters that reverse the reading direction."
            : null;
    }

    public static string Require(string? value, string parameter) =>
        Problem(value) is { } problem ? throw new ArgumentException($"{parameter} {problem}", parameter) : value!.Trim();
}

namespace Rescue.Sessions.Email.Mime;

/// <summary>The shape of a BCP 47 language tag (RFC 5646 section 2.1); whether the language exists is not asked.</summary>
internal static class LanguageTag
{
    private const int MaximumLength = 35;

    public static bool IsValid(string? tag)
    {
        if (tag is null or { Length: < 2 or > MaximumLength }) return false;
        var subtags = tag.Split('-');
        return subtags[0].Length is >= 2 and <= 8
            && subtags[0].All(char.IsAsciiLetter)
            && Array.TrueForAll(subtags, s => s.Length is >= 1 and <= 8 && s.All(char.IsAsciiLetterOrDigit));
    }
}

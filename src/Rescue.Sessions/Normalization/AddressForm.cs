using System.Text;

namespace Rescue.Sessions.Normalization;

/// <summary>The one way to write an email address.</summary>
internal static class AddressForm
{
    /// <summary>The address with its parts in their normal forms and its domain in ASCII; null when the text is not <c>local@domain</c>.</summary>
    public static string? Of(string text)
    {
        var at = text.LastIndexOf('@');
        if (at <= 0 || !IsWellFormed(text) || !LocalPart.IsValid(text[..at]) || DomainName.Parse(text[(at + 1)..]) is not { } domain)
            return null;
        return $"{LocalPart.Normalize(text[..at])}@{domain.Ascii}";
    }

    private static bool IsWellFormed(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar)
                return false;
        }

        return true;
    }
}

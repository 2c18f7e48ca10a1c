using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Rescue.Sessions.Normalization;

/// <summary>
/// By what customers are told apart: what reads the same has the same form, however it was typed. Every store compares these forms, and none shows
/// them. Thread-safe.
/// </summary>
public static class NormalForm
{
    /// <summary>The most characters of a customer's form; an index of a database takes no row of any length.</summary>
    public const int MaxCustomerLength = 256;

    // Text with it cannot be composed; the enumeration of runes has taken out the other such text, halves of surrogate pairs.
    private const int NoCharacter = 0xFFFE;

    /// <summary>
    /// The form in which text is searched: composed (NFC) and in capitals, without characters that nobody sees, with one space for every white space.
    /// </summary>
    public static string ForSearch(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsPlain(text) ? text.ToUpperInvariant() : Visible(text).Normalize().ToUpperInvariant().Normalize();
    }

    /// <summary>
    /// The form of a customer's whole name or whole address. An address has its domain in ASCII (IDNA 2008 with the mapping of UTS 46) and no quotes
    /// that it does not need.
    /// </summary>
    /// <returns>At most <see cref="MaxCustomerLength"/> characters; what is longer is hashed.</returns>
    public static string ForCustomer(string customer)
    {
        ArgumentNullException.ThrowIfNull(customer);
        var whole = ForSearch(AddressForm.Of(customer.Trim()) ?? customer).Trim();
        return whole.Length <= MaxCustomerLength ? whole : $"#{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(whole)))}";
    }

    // Most names are, and lists compare many.
    private static bool IsPlain(string text) =>
        !text.AsSpan().ContainsAnyExceptInRange(' ', '~') && !text.Contains("  ", StringComparison.Ordinal);

    private static string Visible(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                if (kept.Length == 0 || kept[^1] != ' ')
                    kept.Append(' ');
            }
            else if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format && rune.Value != NoCharacter)
            {
                kept.Append(rune.ToString());
            }
        }

        return kept.ToString();
    }
}

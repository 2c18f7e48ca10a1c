using System.Security.Cryptography;
using System.Text;

namespace Rescue.Sessions.Email.Dispatching;

/// <summary>Message-IDs (RFC 5322 section 3.6.4), held without their angle brackets.</summary>
internal static class MessageIds
{
    private const int MaximumLength = 250;
    private const int HashOctets = 20;

    /// <summary>The same key and domain give the same id. The key is hashed because every reader of the message sees the id.</summary>
    public static string Create(string key, string asciiDomain)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(key), hash);
        return $"{Convert.ToHexStringLower(hash[..HashOctets])}@{asciiDomain}";
    }

    public static bool IsValid(string? text)
    {
        if (text is null or { Length: > MaximumLength }) return false;
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && IsDotAtom(text.AsSpan(0, at)) && IsDotAtom(text.AsSpan(at + 1));
    }

    private static bool IsDotAtom(ReadOnlySpan<char> text)
    {
        foreach (var range in text.Split('.'))
        {
            if (text[range].IsEmpty) return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && !"!#$%&'*+-/=?^_`{|}~.".Contains(c, StringComparison.Ordinal)) return false;
        }

        return true;
    }
}

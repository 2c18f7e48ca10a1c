using System.Security.Cryptography;

namespace Rescue.Sessions.Email.Dispatching;

/// <summary>Message-IDs (RFC 5322 section 3.6.4), held without their angle brackets.</summary>
internal static class MessageIds
{
    private const int MaximumLength = 250;
    private const int DistinctDigits = 16;

    /// <summary>
    /// An id that no other message has, of the session it is about, so that a bounce leads back to it. Every reader of the message sees it: a session's id opens
    /// nothing.
    /// </summary>
    public static string Create(SessionId session, string asciiDomain) => $"{session}.{RandomNumberGenerator.GetHexString(DistinctDigits, lowercase: true)}@{asciiDomain}";

    /// <summary>Reads the session from an id that <see cref="Create"/> made, in the case and brackets in which mail systems give it back.</summary>
    public static bool TryFindSession(string messageId, out SessionId session) =>
        SessionId.TryParse(messageId.AsSpan(0, Math.Max(0, messageId.IndexOf('.', StringComparison.Ordinal))), provider: null, out session);

    /// <summary>An id as it is compared: without brackets and white space around it.</summary>
    public static string Normalize(string messageId) => messageId.Trim().TrimStart('<').TrimEnd('>').Trim();

    public static bool IsValid(string? text)
    {
        if (text is null or { Length: > MaximumLength })
            return false;
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && IsDotAtom(text.AsSpan(0, at)) && IsDotAtom(text.AsSpan(at + 1));
    }

    private static bool IsDotAtom(ReadOnlySpan<char> text)
    {
        foreach (var range in text.Split('.'))
        {
            if (text[range].IsEmpty)
                return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && !"!#$%&'*+-/=?^_`{|}~.".Contains(c, StringComparison.Ordinal))
                return false;
        }

        return true;
    }
}

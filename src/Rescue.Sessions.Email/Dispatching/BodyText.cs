using System.Buffers;
using System.Text;
using Rescue.Sessions.Email.Text;

namespace Rescue.Sessions.Email.Dispatching;

/// <summary>What may stand in a body, and the one form its line breaks take.</summary>
internal static class BodyText
{
    private static readonly SearchValues<char> ControlCharacters = SearchValues.Create(
        [.. Enumerable.Range(0, 0xA0).Select(i => (char)i).Where(c => char.IsControl(c) && c is not ('\n' or '\t'))]);

    /// <summary>
    /// Every line break as <c>\n</c>. A lone CR would reach the wire as it is and be read as a line break by some servers and not by
    /// others, which is how one message smuggles in another.
    /// </summary>
    public static string Normalize(string text, int maximumLength, string name)
    {
        ArgumentNullException.ThrowIfNull(text, name);
        if (text.Length > maximumLength)
            throw new ArgumentException($"{name} has {text.Length} characters; shorten it to {maximumLength}.", name);

        var normal = text.Contains('\r', StringComparison.Ordinal)
            ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n')
            : text;
        if (!IsClean(normal))
            throw new ArgumentException($"{name} holds a control character or half a surrogate pair; remove it.", name);
        return normal;
    }

    private static bool IsClean(string text) =>
        !text.AsSpan().ContainsAny(ControlCharacters) && (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') || ArePaired(text));

    private static bool ArePaired(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (!Rune.TryGetRuneAt(text, i, out _))
                return false;
            i++;
        }

        return true;
    }
}

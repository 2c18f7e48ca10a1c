using System.Text;
using System.Text.RegularExpressions;

namespace Rescue.Sessions.EntityFrameworkCore.Sessions;

/// <summary>
/// The patterns by which texts are searched for. PostgreSQL's index reads, of each trigram in a pattern, the list of all sessions that have it, and nearly
/// every session has those of a space, a hyphen or a prefix such as INC.
/// </summary>
internal static partial class SearchPattern
{
    /// <summary>From so many characters on the index knows a word by what is in it; of a shorter one it knows where it begins and ends.</summary>
    private const int Trigram = 3;

    /// <summary>A number of so many digits finds the few that have it.</summary>
    private const int LongNumber = 5;

    /// <summary>Matches what holds the text, and nothing else.</summary>
    public static string Literally(string text) => text
        .Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal);

    /// <summary>
    /// Matches what holds the text, and few others: what stands between words may be anything, and so may words beside a long number and every fourth
    /// character of a long number or key.
    /// </summary>
    public static string Loosely(string text)
    {
        string[] parts = [.. Parts().Matches(text).Select(part => part.Value)];
        var isNumberEnough = parts.Any(part => part.Length >= LongNumber && part.All(char.IsAsciiDigit));
        var pattern = new StringBuilder(text.Length);
        for (var i = 0; i < parts.Length; i++)
            pattern.Append(IsOpen(i) ? new string('_', parts[i].Length) : IsKey(parts[i]) ? InTrigrams(parts[i]) : Literally(parts[i]));
        return pattern.ToString();

        // Of other characters databases have different counts.
        bool IsOpen(int i) => Ascii.IsValid(parts[i])
            && (IsWord(i) ? isNumberEnough && !parts[i].Any(char.IsAsciiDigit) : !IsShortWord(i - 1) && !IsShortWord(i + 1));

        bool IsShortWord(int i) => i >= 0 && i < parts.Length && parts[i].Length < Trigram && !IsOpen(i);

        bool IsWord(int i) => char.IsLetterOrDigit(parts[i][0]);
    }

    // Its characters say nothing of each other, as the letters of a name do: the trigrams that do not overlap find nearly as few sessions, by about a third of the lists.
    private static bool IsKey(string word) => word.Length > 2 * Trigram && Ascii.IsValid(word) && word.Any(char.IsAsciiDigit);

    // From the end, where the numbers that are given out in turn differ.
    private static string InTrigrams(string word) =>
        string.Concat(word.Select((character, i) => (word.Length - i) % (Trigram + 1) == 0 ? '_' : character));

    // Words and what stands between them, in turn.
    [GeneratedRegex(@"[\p{L}\p{N}][\p{L}\p{N}\p{M}]*|[^\p{L}\p{N}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Parts();
}

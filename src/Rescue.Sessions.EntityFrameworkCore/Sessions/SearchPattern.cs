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

    /// <summary>Matches what holds the text, and few others: what stands between words may be anything, and so may words beside a long number.</summary>
    public static string Loosely(string text) => Loosely(text, isNumberEnough: false);

    /// <summary>Matches a line that is the text, and few others. Of a line's last number the index knows where it ends, too, so that it need not be long.</summary>
    public static string LooselyAsLine(string line) => Loosely(line, PrefixedNumber().IsMatch(line));

    private static string Loosely(string text, bool isNumberEnough)
    {
        string[] parts = [.. Parts().Matches(text).Select(part => part.Value)];
        isNumberEnough |= parts.Any(part => part.Length >= LongNumber && part.All(char.IsAsciiDigit));
        var pattern = new StringBuilder(text.Length);
        for (var i = 0; i < parts.Length; i++)
            pattern.Append(IsOpen(i) ? new string('_', parts[i].Length) : Literally(parts[i]));
        return pattern.ToString();

        // Of other characters databases have different counts.
        bool IsOpen(int i) => Ascii.IsValid(parts[i])
            && (IsWord(i) ? isNumberEnough && !parts[i].Any(char.IsAsciiDigit) : !IsShortWord(i - 1) && !IsShortWord(i + 1));

        bool IsShortWord(int i) => i >= 0 && i < parts.Length && parts[i].Length < Trigram && !IsOpen(i);

        bool IsWord(int i) => char.IsLetterOrDigit(parts[i][0]);
    }

    // Words and what stands between them, in turn.
    [GeneratedRegex(@"[\p{L}\p{N}][\p{L}\p{N}\p{M}]*|[^\p{L}\p{N}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Parts();

    // Such as T-42.
    [GeneratedRegex(@"^[A-Z]+[^\p{L}\p{N}]+[0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex PrefixedNumber();
}

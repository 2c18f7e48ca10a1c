using System.Text;
using Rescue.Sessions.EntityFrameworkCore.Databases;

namespace Rescue.Sessions.EntityFrameworkCore.Sessions;

/// <summary>Chooses how a search is answered, by what the indexes of names, references and topics can find. They are made of every three characters that follow each other. Thread-safe.</summary>
internal sealed class SearchPlanner(Database database)
{
    private const int Trigram = 3;

    // A host's own migrations may not have SQLite's table.
    private bool? hasTable;

    public async ValueTask<SearchPlan> ChooseAsync(string? text, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(text))
            return SearchPlan.Pattern;
        if (!database.HasOneWriter)
            return LongestWord(text) < Trigram ? SearchPlan.Newest : SearchPlan.Words;
        if (text.EnumerateRunes().Count() < Trigram)
            return SearchPlan.Newest;
        hasTable ??= (await database.ReadAsync(
            new("SELECT 1 FROM sqlite_master WHERE name = 'rescue_search'"), _ => true, cancellationToken).ConfigureAwait(false)).Count > 0;
        return hasTable.Value ? SearchPlan.Trigrams : SearchPlan.Pattern;
    }

    // PostgreSQL's trigrams are of letters and digits alone, and of nothing that reaches over what stands between words.
    private static int LongestWord(string text)
    {
        var (longest, length) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            length = Rune.IsLetterOrDigit(rune) || IsMark(rune) ? length + 1 : 0;
            longest = Math.Max(longest, length);
        }

        return longest;
    }

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is
        System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;
}

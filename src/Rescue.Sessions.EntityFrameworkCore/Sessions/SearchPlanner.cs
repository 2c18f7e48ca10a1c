using System.Text;
using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Sessions;

/// <summary>Chooses how a search is answered, by what the indexes of names, references and topics can find. They are made of every three characters that follow each other. Thread-safe.</summary>
internal sealed class SearchPlanner(Database database)
{
    private const int Trigram = 3;

    /// <summary>As many characters of a word make one with the place where it begins or ends.</summary>
    private const int BesideAnEdge = 2;

    // A host's own migrations may not have SQLite's table.
    private bool? hasTable;

    /// <param name="query">With the forms in which texts are stored. Where it asks for a reference, it is found by that.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<SearchPlan> ChooseAsync(SessionQuery query, CancellationToken cancellationToken)
    {
        var (line, text) = (query.Reference, query.Search);
        if (string.IsNullOrEmpty(line) && string.IsNullOrEmpty(text))
            return SearchPlan.Pattern;
        if (!database.HasOneWriter)
            return !string.IsNullOrEmpty(line) ? SearchPlan.Reference : HasTrigram(text!) ? SearchPlan.Words : SearchPlan.Newest;
        // Of a line the index knows where it begins.
        if ((string.IsNullOrEmpty(line) ? text! : SearchSql.LineBreak + line).EnumerateRunes().Count() < Trigram)
            return SearchPlan.Newest;
        hasTable ??= (await database.ReadAsync(
            new("SELECT 1 FROM sqlite_master WHERE name = 'rescue_search'"), _ => true, cancellationToken).ConfigureAwait(false)).Count > 0;
        return hasTable.Value ? SearchPlan.Trigrams : SearchPlan.Pattern;
    }

    // PostgreSQL's trigrams are of letters and digits alone, and of where a word begins and ends: of T-42 it knows that a word begins with 42.
    private static bool HasTrigram(string text)
    {
        var (length, beginsHere) = (0, false);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsOfAWord(rune))
            {
                length++;
                if (length >= (beginsHere ? BesideAnEdge : Trigram))
                    return true;
            }
            else if (length >= BesideAnEdge)
            {
                return true;
            }
            else
            {
                (length, beginsHere) = (0, true);
            }
        }

        return false;
    }

    private static bool IsOfAWord(Rune rune) => Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is
        System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;
}

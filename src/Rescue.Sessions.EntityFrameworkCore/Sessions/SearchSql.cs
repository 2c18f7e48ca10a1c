using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Normalization;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Sessions;

/// <summary>
/// The statement by which sessions are listed and searched. It is put so that it reads about a page, however many sessions are stored: what is asked
/// for in several ways is read in each of them by an index that has the order, and then put together.
/// </summary>
internal static class SearchSql
{
    /// <summary>Among how many of the newest sessions a text is looked for that no index knows.</summary>
    public const int Newest = 10_000;

    /// <summary>Holds for no session.</summary>
    public const string Nothing = "1 = 0";

    // Between name, reference and topic, none of which can have it.
    public const string LineBreak = "\n";

    // No stored text has this character, and PostgreSQL refuses to be asked for it.
    private const char Nul = '\0';

    /// <summary>The conditions that together give a customer's sessions.</summary>
    public static readonly string[] OfCustomer = ["w.customer = @customer", "w.recipient = @customer AND w.customer <> @customer"];

    public static Statement Select(SessionQuery query, SearchPlan plan)
    {
        if (IsNowhere(query.Customer) || IsNowhere(query.Search) || IsNowhere(query.Reference) || IsNowhere(query.Technician))
            return new($"SELECT {SessionSql.Columns} FROM rescue_session s WHERE {Nothing}");
        query = query with { Statuses = [.. query.Statuses.Distinct()] };
        List<(string, object?)> values = [("tenant", query.Tenant), ("limit", query.Limit)];
        if (query.After is { } after)
            values.Add(("after", SessionSql.Key(after)));
        values.AddRange(query.Statuses.Select((status, i) => ($"status{i}", (object?)status.ToString())));
        if (query.Customer is { } customer)
            values.Add(("customer", NormalForm.ForCustomer(customer)));
        if (query.Technician is { } technician)
            values.Add(("technician", technician));
        if (string.IsNullOrEmpty(query.Search) && string.IsNullOrEmpty(query.Reference))
            return Select(Ways(query), "w.id", Statement.Limit, "", values);
        if (plan == SearchPlan.Newest || query.Customer is not null)
            return Select(Ways(query), "w.id, w.search_text", $"LIMIT {Newest}", $"WHERE {Holds("f", query, values)}", values);
        if (plan == SearchPlan.Trigrams)
            return SelectByTrigrams(query, values);
        var found = plan switch
        {
            SearchPlan.Words => HoldsWords(query.Search!, values),
            SearchPlan.Reference => HasReference(query, values),
            _ => Holds("s", query, values),
        };
        return new(
            $"""
            SELECT {SessionSql.Columns} FROM rescue_session s
            WHERE s.tenant = @tenant{Beyond("s.id", query)}{OfTechnician("s", query)}{OfStatus("s", query)} AND {found} ORDER BY s.id DESC {Statement.Limit}
            """,
            [.. values]);
    }

    /// <summary>Whether no stored text can be this one, or hold it.</summary>
    public static bool IsNowhere(string? text) => text?.Contains(Nul, StringComparison.Ordinal) == true;

    /// <summary>The conditions that together give what is asked for, each of which an index serves in the order of the list.</summary>
    private static string[] Ways(SessionQuery query) => query switch
    {
        { Customer: not null } => [.. OfCustomer.Select(way => $"WHERE w.tenant = @tenant AND {way}{Beyond("w.id", query)}{OfTechnician("w", query)}{OfStatus("w", query)}")],
        { Technician: not null } => [.. PartsOf(query).Select(part => $"WHERE w.tenant = @tenant AND {part}{Beyond("w.id", query)}{OfStatus("w", query)}")],
        { Statuses.Count: > 0 } => [.. query.Statuses.Select((_, i) => $"WHERE w.tenant = @tenant AND w.status = @status{i}{Beyond("w.id", query)}")],
        _ => [$"WHERE w.tenant = @tenant{Beyond("w.id", query)}"],
    };

    private static Statement Select(string[] ways, string columns, string limit, string condition, List<(string, object?)> values)
    {
        var read = ways.Select(way => $"SELECT * FROM (SELECT {columns} FROM rescue_session w {way} ORDER BY w.id DESC {limit}) r");
        return new(
            $"""
            SELECT {SessionSql.Columns} FROM ({string.Join(" UNION ALL ", read)}) f JOIN rescue_session s ON s.id = f.id
            {condition} ORDER BY f.id DESC {Statement.Limit}
            """,
            [.. values]);
    }

    private static Statement SelectByTrigrams(SessionQuery query, List<(string, object?)> values)
    {
        var isLine = !string.IsNullOrEmpty(query.Reference);
        var text = isLine ? LineBreak + query.Reference : query.Search!;
        values.Add(("match", $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
        // SQLite keeps to the order of a CROSS JOIN; it would take a tenant's sessions one by one and look for each among what was found.
        // Status, technician and where a line ends are matters of the session itself, so that only without them the first are enough.
        var enough = query.Statuses.Count == 0 && query.Technician is null && !isLine ? $"ORDER BY k.session_id DESC {Statement.Limit}" : "";
        var exactly = isLine ? $" AND {Holds("s", query, values)}" : "";
        return new(
            $"""
            SELECT {SessionSql.Columns} FROM (
                SELECT k.session_id FROM rescue_search t CROSS JOIN rescue_search_key k ON k.number = t.rowid
                WHERE t.search_text MATCH @match AND k.tenant = @tenant{Beyond("k.session_id", query)} {enough}) f
            CROSS JOIN rescue_session s ON s.id = f.session_id
            WHERE s.tenant = @tenant{OfTechnician("s", query)}{OfStatus("s", query)}{exactly} ORDER BY s.id DESC {Statement.Limit}
            """,
            [.. values]);
    }

    /// <summary>That a session holds the text and has the reference, by its own lines.</summary>
    private static string Holds(string table, SessionQuery query, List<(string, object?)> values)
    {
        var conditions = new List<string>();
        if (query.Search is { Length: > 0 } text)
        {
            values.Add(("search", $"%{SearchPattern.Literally(text)}%"));
            conditions.Add($"{table}.search_text LIKE @search ESCAPE '!'");
        }

        if (query.Reference is { Length: > 0 } reference)
        {
            // The reference is the second line, and the last but for those who have asked for help.
            var line = SearchPattern.Literally(reference);
            values.Add(("line", $"%{LineBreak}{line}{LineBreak}%"));
            values.Add(("last", $"%{LineBreak}{line}"));
            values.Add(("topic", $"%{LineBreak}%{LineBreak}%"));
            conditions.Add($"({table}.search_text LIKE @line ESCAPE '!' OR ({table}.search_text LIKE @last ESCAPE '!' AND {table}.search_text NOT LIKE @topic))");
        }

        return string.Join(" AND ", conditions);
    }

    /// <summary>That a session holds the text, in the way in which PostgreSQL's index of words is asked.</summary>
    private static string HoldsWords(string text, List<(string, object?)> values)
    {
        var pattern = SearchPattern.Loosely(text);
        values.Add(("search", $"%{pattern}%"));
        const string Found = "s.search_text LIKE @search ESCAPE '!'";
        return pattern == SearchPattern.Literally(text) ? Found : Found + HoldsExactly(text, values);
    }

    /// <summary>The same for a reference, in the way in which PostgreSQL's index of references is asked.</summary>
    private static string HasReference(SessionQuery query, List<(string, object?)> values)
    {
        const string Reference = $"split_part(s.search_text, '{LineBreak}', 2)";
        // An index takes no row of any length.
        const string Indexed = $"left({Reference}, 256)";
        values.Add(("reference", query.Reference));
        return $"{Indexed} = left(@reference, 256) AND {Indexed} <> '' AND {Reference} = @reference" + (query.Search is { Length: > 0 } text ? HoldsExactly(text, values) : "");
    }

    private static string HoldsExactly(string text, List<(string, object?)> values)
    {
        values.Add(("text", text));
        // As an inequality it would count as one in three, and the database would expect to find less than it does.
        return " AND strpos(s.search_text, @text) <> 0";
    }

    // What has ended is most of what a technician ever had, and what has not ended has an index of its own. What is nobody's is everybody's.
    private static IEnumerable<string> PartsOf(SessionQuery query)
    {
        foreach (var owner in (string[])["@technician", "''"])
        {
            if (query.Statuses.Count == 0 || query.Statuses.Any(status => status != SessionStatus.Closed))
                yield return $"w.belongs_to = {owner} AND w.ended_at IS NULL";
            if (query.Statuses.Count == 0 || query.Statuses.Contains(SessionStatus.Closed))
                yield return $"w.belongs_to = {owner} AND w.ended_at IS NOT NULL";
        }

        yield return "w.offered_to = @technician AND w.belongs_to <> @technician AND w.belongs_to <> ''";
    }

    private static string OfTechnician(string table, SessionQuery query) =>
        query.Technician is null ? "" : $" AND ({table}.belongs_to IN (@technician, '') OR {table}.offered_to = @technician)";

    private static string Beyond(string id, SessionQuery query) => query.After is null ? "" : $" AND {id} < @after";

    private static string OfStatus(string table, SessionQuery query) => query.Statuses.Count == 0
        ? ""
        : $" AND {table}.status IN ({string.Join(", ", query.Statuses.Select((_, i) => $"@status{i}"))})";
}

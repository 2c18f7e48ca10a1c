using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Sessions;

/// <summary>The statements whose conditions depend on what is asked.</summary>
internal static class SessionQuerySql
{
    private const string OfCustomer = "(customer = @customer OR recipient = @customer)";

    // No stored text has this character, and PostgreSQL refuses to be asked for it.
    private const char Nul = '\0';
    private const string Nothing = "1 = 0";

    public static Statement Select(SessionQuery query)
    {
        List<(string, object?)> values = [("tenant", query.Tenant), ("limit", query.Limit)];
        List<string> conditions = ["s.tenant = @tenant"];
        if (query.After is { } after)
        {
            conditions.Add("s.id < @after");
            values.Add(("after", SessionSql.Key(after)));
        }

        if (query.Statuses.Count > 0)
        {
            conditions.Add($"s.status IN ({string.Join(", ", query.Statuses.Select((_, i) => $"@status{i}"))})");
            values.AddRange(query.Statuses.Select((status, i) => ($"status{i}", (object?)status.ToString())));
        }

        if (Holds(query.Customer, Nul) || Holds(query.Search, Nul))
            return new($"SELECT {SessionSql.Columns} FROM rescue_session s WHERE {Nothing}");
        if (query.Customer is { } customer)
        {
            conditions.Add(OfCustomer);
            values.Add(("customer", customer.ToUpperInvariant()));
        }

        if (query.Search is { Length: > 0 } search)
        {
            // Name and reference are a line each, and what is searched for has no line break that could span them.
            conditions.Add("s.search_text LIKE @search ESCAPE '!'");
            values.Add(("search", $"%{Literally(search.ToUpperInvariant())}%"));
        }

        return new(
            $"SELECT {SessionSql.Columns} FROM rescue_session s WHERE {string.Join(" AND ", conditions)} ORDER BY s.id DESC LIMIT @limit", [.. values]);
    }

    /// <summary>Deletes; what belongs to the sessions goes with them. Nodes that erase at once take different ones, so that none waits or is misled.</summary>
    public static Statement Delete(Database database, SessionErasure erasure)
    {
        List<(string, object?)> values = [("before", erasure.EndedBefore.UtcTicks), ("limit", erasure.Limit)];
        List<string> conditions = ["ended_at < @before"];
        if (erasure.Tenant is { } tenant)
        {
            conditions.Add("tenant = @tenant");
            values.Add(("tenant", tenant));
        }

        if (Holds(erasure.Customer, Nul))
            return new($"DELETE FROM rescue_session WHERE {Nothing}");
        if (erasure.Customer is { } customer)
        {
            conditions.Add(OfCustomer);
            values.Add(("customer", customer.ToUpperInvariant()));
        }

        return new(
            $"""
            DELETE FROM rescue_session WHERE id IN (
                SELECT o.id FROM rescue_session o WHERE {string.Join(" AND ", conditions)} ORDER BY o.ended_at LIMIT @limit {database.ForUpdateSkipLocked})
            """,
            [.. values]);
    }

    private static bool Holds(string? text, char character) => text?.Contains(character, StringComparison.Ordinal) == true;

    private static string Literally(string text) => text
        .Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal);
}

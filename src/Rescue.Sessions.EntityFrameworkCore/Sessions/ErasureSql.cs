using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.Normalization;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Sessions;

/// <summary>The statement that erases sessions.</summary>
internal static class ErasureSql
{
    /// <summary>
    /// Deletes; what belongs to the sessions goes with them. Nodes that erase what is old take different ones, so that none waits or is misled; a customer's
    /// sessions are waited for where somebody changes one, or it would be left.
    /// </summary>
    public static Statement Delete(Database database, SessionErasure erasure)
    {
        List<(string, object?)> values = [("before", erasure.EndedBefore.UtcTicks), ("limit", erasure.Limit)];
        List<string> conditions = ["o.ended_at < @before"];
        if (erasure.Tenant is { } tenant)
        {
            conditions.Add("o.tenant = @tenant");
            values.Add(("tenant", tenant));
        }

        if (SearchSql.IsNowhere(erasure.Customer))
            return new($"DELETE FROM rescue_session WHERE {SearchSql.Nothing}");
        if (erasure.Customer is { } customer)
        {
            conditions.Add($"o.id IN ({string.Join(" UNION ALL ", SearchSql.OfCustomer.Select(way => $"SELECT w.id FROM rescue_session w WHERE w.tenant = @tenant AND {way}"))})");
            values.Add(("customer", NormalForm.ForCustomer(customer)));
        }

        var order = erasure.Customer is null ? $"ORDER BY o.ended_at {Statement.Limit} {database.ForUpdateSkipLocked}" : $"ORDER BY o.id {Statement.Limit} {database.ForUpdateInOrder}";
        var ended = $"SELECT o.id FROM rescue_session o WHERE {string.Join(" AND ", conditions)} {order}";
        // As a part of the deletion PostgreSQL may run the query for each row, and take as many anew each time.
        return new($"DELETE FROM rescue_session WHERE {database.IsOneOf("id", ended)}", [.. values]);
    }
}

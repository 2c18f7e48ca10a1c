using System.Globalization;
using System.Text.Json;
using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.Normalization;

namespace Rescue.Sessions.EntityFrameworkCore.Sessions;

/// <summary>
/// Brings what earlier versions have written to the <see cref="NormalForm"/>s by which customers are found. It goes on where it was stopped, and looks
/// again for a day, because nodes of the earlier version may have made sessions meanwhile.
/// </summary>
internal sealed class NormalFormUpgrade(Database database, TimeProvider time)
{
    private const int Batch = 500;

    // The first forms; a later version that changes them begins anew under another name.
    private const string Mark = "tenant = '' AND name = 'normal-forms-1'";

    private static readonly TimeSpan Overlap = TimeSpan.FromDays(1);

    // Most rows are of a single case of the alphabet, and were in this form before there was a name for it.
    private const string SelectText =
        """
        SELECT id, document, customer, recipient, search_text FROM rescue_session
        WHERE id > @after AND (octet_length(search_text || coalesce(recipient, '')) <> length(search_text || coalesce(recipient, ''))
            OR search_text LIKE '%  %' OR customer LIKE '"%' OR recipient LIKE '"%')
        ORDER BY id LIMIT @limit
        """;

    private const string SaveMarkText =
        """
        INSERT INTO rescue_setting (tenant, name, version, value, saved_by_id, saved_by_name, saved_at)
        VALUES ('', 'normal-forms-1', 1, @value, 'rescue-sessions', 'Rescue.Sessions', @at)
        ON CONFLICT (tenant, name, version) DO UPDATE SET value = excluded.value
        """;

    /// <exception cref="Stores.SessionStoreException">The database failed; what was done is done.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var (after, doneAt) = await ReadMarkAsync(cancellationToken).ConfigureAwait(false);
        if (doneAt is { } done && time.GetUtcNow().UtcTicks - done > Overlap.Ticks)
            return;
        while (true)
        {
            var rows = await database.ReadAsync(new(SelectText, ("after", after), ("limit", Batch)), Read, cancellationToken).ConfigureAwait(false);
            if (rows.Count > 0)
                after = rows[^1].Id;
            var isLast = rows.Count < Batch;
            if (isLast)
                doneAt ??= time.GetUtcNow().UtcTicks;
            await database.WriteAsync(
                [
                    .. rows.Where(row => !row.IsInForm).Select(row => row.Update()),
                    new(SaveMarkText, ("value", MarkOf(after, isLast ? doneAt : null)), ("at", time.GetUtcNow().UtcTicks)),
                ],
                cancellationToken).ConfigureAwait(false);
            if (isLast)
                return;
        }
    }

    private static string MarkOf(byte[] after, long? doneAt) =>
        string.Create(CultureInfo.InvariantCulture, $"[\"{Convert.ToHexString(after)}\",{doneAt?.ToString(CultureInfo.InvariantCulture) ?? "null"}]");

    private async Task<(byte[] After, long? DoneAt)> ReadMarkAsync(CancellationToken cancellationToken)
    {
        var values = await database.ReadAsync(
            new($"SELECT value FROM rescue_setting WHERE {Mark}"), row => row.GetString(0), cancellationToken).ConfigureAwait(false);
        if (values.Count == 0)
            return ([], null);
        using var mark = JsonDocument.Parse(values[0]);
        return (Convert.FromHexString(mark.RootElement[0].GetString()!), mark.RootElement[1] is { ValueKind: JsonValueKind.Number } done ? done.GetInt64() : null);
    }

    private static FormRow Read(System.Data.Common.DbDataReader row) => new(
        row.GetFieldValue<byte[]>(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), row.GetString(4));
}

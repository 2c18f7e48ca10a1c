using System.Data.Common;
using System.Globalization;

namespace Rescue.Sessions.EntityFrameworkCore.Databases;

/// <summary>
/// What is added to the numbers made of transactions. It is 0 in the cluster where the database was made. A cluster into which it was restored
/// counts its transactions from the beginning, and without this would give the numbers of old events again.
/// </summary>
internal sealed record PostgreSqlNumbers(long Base)
{
    /// <summary>How many numbers a transaction has.</summary>
    public const int PerTransaction = 1024;

    // A document of no tenant, so that it is restored together with the events.
    private const string Document = "tenant = '' AND name = 'event-numbers'";

    private const string Insert =
        $"""
        INSERT INTO rescue_setting (tenant, name, version, value, saved_by_id, saved_by_name, saved_at)
        SELECT '', 'event-numbers', coalesce(max(version), 0) + 1, @value, 'rescue-sessions', 'Rescue.Sessions', 0 FROM rescue_setting WHERE {Document}
        """;

    // One node decides, and the others read what it has written.
    private static readonly Statement Lock = new("SELECT pg_advisory_xact_lock(hashtextextended('rescue event numbers', 0))");

    private static readonly Statement Select = new(
        $"""
        SELECT (SELECT value FROM rescue_setting WHERE {Document} ORDER BY version DESC LIMIT 1),
            pg_snapshot_xmax(pg_current_snapshot())::text::bigint * {PerTransaction},
            greatest((SELECT max(sequence) FROM rescue_event), (SELECT max(position) FROM rescue_outbox), 0)
        """);

    /// <summary>Reads it, and raises it first when the cluster is another one.</summary>
    /// <param name="connection">Open; it is closed afterwards.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<PostgreSqlNumbers> ReadAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var transaction = new PostgreSqlTransaction(connection);
        await transaction.WriteAsync(Lock, cancellationToken).ConfigureAwait(false);
        var (stored, next, latest) = (await transaction.ReadAsync(
            Select,
            row => (row.IsDBNull(0) ? 0 : long.Parse(row.GetString(0), CultureInfo.InvariantCulture), row.GetInt64(1), row.GetInt64(2)),
            cancellationToken).ConfigureAwait(false))[0];
        if (latest < stored + next)
            return new(stored);

        // Above all that was ever given, in whole transactions.
        var raised = ((latest - next) / PerTransaction * PerTransaction) + (2 * PerTransaction);
        transaction.Add(new(Insert, ("value", raised.ToString(CultureInfo.InvariantCulture))));
        await transaction.CommitAsync().ConfigureAwait(false);
        return new(raised);
    }
}

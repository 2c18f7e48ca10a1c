using System.Data.Common;
using System.Globalization;

namespace Rescue.Sessions.EntityFrameworkCore.Databases;

/// <summary>What is added to the numbers made of transactions, so that they grow whatever becomes of the cluster.</summary>
/// <param name="Base">
/// 0 in the cluster where the database was made. A cluster into which it was restored counts its transactions from the beginning, and without this
/// would give the numbers of old events again.
/// </param>
/// <param name="Timeline">
/// The timeline since which each new one adds <see cref="PerTimeline"/>; null where the server does not tell its timelines. A standby that lagged
/// behind counts on, once it is promoted, from the last transaction that it heard of, and without this would give the numbers of those it did not.
/// </param>
internal sealed record PostgreSqlNumbers(long Base, long? Timeline)
{
    /// <summary>How many numbers a transaction has.</summary>
    public const int PerTransaction = 1024;

    /// <summary>How many numbers come between two timelines: those of 2^30 transactions, of which no standby ever lags behind.</summary>
    private const long PerTimeline = 1L << 40;

    // Documents of no tenant, so that they are restored together with the events.
    private const string BaseDocument = "event-numbers";
    private const string TimelineDocument = "event-timeline";

    // The log's file is named by the timeline in which it is written, from the moment of a promotion on; asked once for a statement.
    private const string SelectTimeline = "(SELECT ('x' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8))::bit(32)::bigint)";

    private const string FeatureNotSupported = "0A000";
    private const string InsufficientPrivilege = "42501";
    private const string NotInThisState = "55000";
    private const string UndefinedFunction = "42883";

    private const string Insert =
        """
        INSERT INTO rescue_setting (tenant, name, version, value, saved_by_id, saved_by_name, saved_at)
        SELECT '', @name, coalesce(max(version), 0) + 1, @value, 'rescue-sessions', 'Rescue.Sessions', 0 FROM rescue_setting WHERE tenant = '' AND name = @name
        """;

    // One node decides, and the others read what it has written.
    private static readonly Statement Lock = new(
        "SELECT pg_advisory_xact_lock(hashtextextended('rescue event numbers', 0)), to_regclass('rescue_subscription') IS NOT NULL");

    // A subscription is ahead of all events where those that it has handled were erased.
    private static readonly Statement SelectHandled = new("SELECT coalesce(max(position), 0) FROM rescue_subscription");

    private static readonly Statement Select = new(
        $"""
        SELECT (SELECT value FROM rescue_setting WHERE tenant = '' AND name = '{BaseDocument}' ORDER BY version DESC LIMIT 1),
            (SELECT value FROM rescue_setting WHERE tenant = '' AND name = '{TimelineDocument}' ORDER BY version DESC LIMIT 1),
            pg_snapshot_xmax(pg_current_snapshot())::text::bigint * {PerTransaction},
            greatest((SELECT max(sequence) FROM rescue_event), (SELECT max(position) FROM rescue_outbox), 0)
        """);

    /// <summary>The expression for it.</summary>
    public string Added => Timeline is { } since ? $"{Base} + ({SelectTimeline} - {since}) * {PerTimeline}" : $"{Base}";

    /// <summary>Reads it, and raises it first when the cluster is another one.</summary>
    /// <param name="connection">Open; it is closed afterwards.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<PostgreSqlNumbers> ReadAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var transaction = new PostgreSqlTransaction(connection);
        var timeline = await FindTimelineAsync(connection, cancellationToken).ConfigureAwait(false);
        // A schema that is about to be upgraded has none. They are asked first, for they go on meanwhile, and are never ahead of the transactions that are counted then.
        var hasSubscriptions = (await transaction.ReadAsync(Lock, row => row.GetBoolean(1), cancellationToken).ConfigureAwait(false))[0];
        var handled = hasSubscriptions ? (await transaction.ReadAsync(SelectHandled, row => row.GetInt64(0), cancellationToken).ConfigureAwait(false))[0] : 0;
        var (stored, since, transactions, latest) = (await transaction.ReadAsync(
            Select,
            row => (ReadNumber(row, 0) ?? 0, ReadNumber(row, 1), row.GetInt64(2), Math.Max(row.GetInt64(3), handled)),
            cancellationToken).ConfigureAwait(false))[0];
        var numbers = new PostgreSqlNumbers(stored, timeline is null ? null : since ?? timeline);
        if (latest >= stored + transactions + ((timeline - numbers.Timeline ?? 0) * PerTimeline))
        {
            // Above all that was ever given, in whole transactions.
            numbers = new(((latest - transactions) / PerTransaction * PerTransaction) + (2 * PerTransaction), timeline);
            transaction.Add(Save(BaseDocument, numbers.Base));
        }

        if (numbers.Timeline is { } counted && counted != since)
            transaction.Add(Save(TimelineDocument, counted));
        await transaction.CommitAsync().ConfigureAwait(false);
        return numbers;
    }

    // Not every service that speaks PostgreSQL's language tells; one that promotes only what has everything needs none. A standby does not tell either, and
    // must not be taken for one of those.
    private static async Task<long?> FindTimelineAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {SelectTimeline}";
        try
        {
            return (long)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
        }
        catch (DbException failure) when (failure.SqlState is FeatureNotSupported or InsufficientPrivilege or NotInThisState or UndefinedFunction)
        {
            command.CommandText = "SELECT pg_is_in_recovery()";
            if ((bool)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!)
                throw;
            return null;
        }
    }

    private static Statement Save(string name, long value) => new(Insert, ("name", name), ("value", value.ToString(CultureInfo.InvariantCulture)));

    private static long? ReadNumber(DbDataReader row, int column) => row.IsDBNull(column) ? null : long.Parse(row.GetString(column), CultureInfo.InvariantCulture);
}

using System.Data;
using System.Data.Common;

namespace Rescue.Sessions.EntityFrameworkCore.Databases;

/// <summary>PostgreSQL 13 or later.</summary>
/// <remarks>
/// An event's number is made of the number of the transaction that wrote it. All transactions below the oldest that still runs have ended, so
/// whoever reads only below that one never skips an event that comes later. A transaction that stays open for long, anywhere in the cluster,
/// holds the streams up for as long; it loses nothing.
/// </remarks>
internal sealed class PostgreSqlDatabase(Func<DbConnection> connect) : Database(connect)
{
    private const int Numbers = PostgreSqlNumbers.PerTransaction;

    // More than any cluster begins while one waits for a row.
    private const int MostBegunMeanwhile = 1 << 24;

    private volatile PostgreSqlNumbers? numbers;

    // No change touches a key, so rows that refer to the session (a first heartbeat) are written meanwhile.
    // A transaction that has waited for a row is given its number before it has the row's newest version, which a third may take first. The columns of a row
    // that was waited for are worked out again once it is locked; one that was not waited for gives the number by its lock. A row knows the lower 32 bits of
    // its transaction's number: of those above one's own only the next are later, the others are old.
    public override RowLock ForUpdate { get; } = new(
        "FOR NO KEY UPDATE OF s",
        $"coalesce(((s.xmin::text::bigint - pg_current_xact_id_if_assigned()::text::bigint) & {uint.MaxValue}) BETWEEN 1 AND {MostBegunMeanwhile}, false)");

    public override string ForUpdateInOrder => "FOR UPDATE OF o";

    public override string ByLivePin => "";

    public override string ForUpdateSkipLocked => "FOR UPDATE OF o SKIP LOCKED";

    // An unknown limit is taken for a tenth of the table, which would then be joined as a whole.
    public override string IsOneOf(string column, string query) => $"{column} = ANY(ARRAY({query}))";

    public override bool HasOneWriter => false;

    public override Statement NextNumber(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Numbers);
        return new($"{FirstNumber} + @number", ("number", index));
    }

    public override Statement? Serialize(string name) => new("SELECT pg_advisory_xact_lock(hashtextextended(@name, 0))", ("name", name));

    private string FirstNumber => $"{numbers!.Added} + pg_current_xact_id()::text::bigint * {Numbers}";

    protected override string EventBound => $"{numbers!.Added} + pg_snapshot_xmin(pg_current_snapshot())::text::bigint * {Numbers}";

    // It takes no number: one that comes with the first lock comes after all that was done under it before.
    protected override string SelectWritten =>
        $"""
        WITH own AS MATERIALIZED (SELECT {numbers!.Added} + pg_current_xact_id_if_assigned()::text::bigint * {Numbers} AS first)
        SELECT coalesce((greatest(
            (SELECT max(e.sequence) FROM rescue_event e WHERE e.sequence >= own.first AND e.sequence < own.first + {Numbers}),
            (SELECT max(o.position) FROM rescue_outbox o WHERE o.position >= own.first AND o.position < own.first + {Numbers}),
            own.first - 1) - own.first + 1)::int, 0) FROM own
        """;

    protected override async ValueTask PrepareAsync(CancellationToken cancellationToken) =>
        numbers ??= await PostgreSqlNumbers.ReadAsync(await OpenAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    // SQLite's are all of this kind, so the scope cannot tell.
    protected override ValueTask PrepareJoinedAsync(DbTransaction joined, CancellationToken cancellationToken) =>
        joined.IsolationLevel == IsolationLevel.Serializable ? throw HostTransaction.Unsuited(joined.IsolationLevel) : default;

    protected override async ValueTask<WriteTransaction> BeginCoreAsync(CancellationToken cancellationToken) =>
        new PostgreSqlTransaction(await OpenAsync(cancellationToken).ConfigureAwait(false));

    protected override async ValueTask<List<TRow>> ReadCoreAsync<TRow>(Statement query, Func<DbDataReader, TRow> read, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var command = connection.CreateCommand();
        command.CommandText = query.Sql;
        query.Bind(command.Parameters, command.CreateParameter);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return await reader.ReadAllAsync(read, cancellationToken).ConfigureAwait(false);
    }
}

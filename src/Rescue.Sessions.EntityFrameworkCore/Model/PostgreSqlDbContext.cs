using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Rescue.Sessions.EntityFrameworkCore.Databases;

namespace Rescue.Sessions.EntityFrameworkCore.Model;

internal sealed class PostgreSqlDbContext(DbContextOptions options) : RescueSessionsDbContext(options)
{
    private const string UpgradeLock = "rescue_schema";

    // Building indexes over many sessions takes minutes.
    private static readonly TimeSpan UpgradePatience = TimeSpan.FromHours(1);

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    private DbConnection? upgrading;
    private DbTransaction? upgrade;

    public override FormattableString SelectIsThere =>
        $"""SELECT count(*)::int AS "Value" FROM pg_class WHERE oid = to_regclass('rescue_session')""";

    // EF Core's own lock ends with each of several schema changes, and another node would make the next one too. The lock is a transaction's, which
    // a pooler keeps in one session, on a connection of its own. A node that waited within a statement, or within a transaction in which it asks again,
    // would be waited for in turn by whoever builds an index beside running transactions: each try is a transaction of its own.
    public override async Task LockAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        Database.SetCommandTimeout(UpgradePatience);
        upgrading = (DbConnection)((ICloneable)Database.GetDbConnection()).Clone();
        await upgrading.OpenAsync(cancellationToken).ConfigureAwait(false);
        while (!await TryLockAsync(upgrading, cancellationToken).ConfigureAwait(false))
            await Task.Delay(PollInterval, time, cancellationToken).ConfigureAwait(false);
    }

    public override async Task UnlockAsync()
    {
        await upgrade!.DisposeAsync().ConfigureAwait(false);
        await upgrading!.DisposeAsync().ConfigureAwait(false);
    }

    public override Task IndexSearchAsync(TimeProvider time, ILogger logger, CancellationToken cancellationToken) =>
        new TrigramIndex(this, time, logger).EnsureAsync(cancellationToken);

    private async Task<bool> TryLockAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        upgrade = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var command = connection.CreateCommand();
        // A transaction goes on seeing what its last query saw, and whoever builds an index waits for that; a setting ends it.
        command.CommandText = $"SELECT pg_try_advisory_xact_lock(hashtextextended('{UpgradeLock}', 0)); SET LOCAL idle_in_transaction_session_timeout = 0";
        command.Transaction = upgrade;
        if (await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true)
            return true;
        await upgrade.DisposeAsync().ConfigureAwait(false);
        return false;
    }
}

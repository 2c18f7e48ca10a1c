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

    public override FormattableString SelectIsThere =>
        $"""SELECT count(*)::int AS "Value" FROM pg_class WHERE oid = to_regclass('rescue_session')""";

    // EF Core's own lock ends with each of several schema changes, and another node would make the next one too. A node that waited within a statement
    // would be waited for in turn by whoever builds an index beside running transactions.
    public override async Task LockAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        Database.SetCommandTimeout(UpgradePatience);
        await Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        while (!await Database.SqlQuery<bool>($"""SELECT pg_try_advisory_lock(hashtextextended({UpgradeLock}, 0)) AS "Value" """)
            .SingleAsync(cancellationToken).ConfigureAwait(false))
        {
            await Task.Delay(PollInterval, time, cancellationToken).ConfigureAwait(false);
        }
    }

    // A connection that goes back to its pool would keep the lock.
    public override async Task UnlockAsync()
    {
        await Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock(hashtextextended({UpgradeLock}, 0))").ConfigureAwait(false);
        await Database.CloseConnectionAsync().ConfigureAwait(false);
    }

    public override Task IndexSearchAsync(TimeProvider time, ILogger logger, CancellationToken cancellationToken) =>
        new TrigramIndex(this, time, logger).EnsureAsync(cancellationToken);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        // Both are made of the number of the writing transaction.
        modelBuilder.Entity<EventRow>().Property(row => row.Sequence).ValueGeneratedNever();
        modelBuilder.Entity<OutboxRow>().Property(row => row.Position).ValueGeneratedNever();
    }
}

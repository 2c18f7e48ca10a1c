using Microsoft.EntityFrameworkCore;

namespace Rescue.Sessions.EntityFrameworkCore.Model;

internal sealed class PostgreSqlDbContext(DbContextOptions options) : RescueSessionsDbContext(options)
{
    private const string UpgradeLock = "rescue_schema";

    private static readonly TimeSpan UpgradePatience = TimeSpan.FromMinutes(10);

    public override FormattableString SelectIsThere =>
        $"""SELECT count(*)::int AS "Value" FROM pg_class WHERE oid = to_regclass('rescue_session')""";

    // EF Core's own lock ends with each of several schema changes, and another node would make the next one too.
    public override async Task LockAsync(CancellationToken cancellationToken)
    {
        Database.SetCommandTimeout(UpgradePatience);
        await Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await Database.ExecuteSqlAsync($"SELECT pg_advisory_lock(hashtextextended({UpgradeLock}, 0))", cancellationToken).ConfigureAwait(false);
    }

    // A connection that goes back to its pool would keep the lock.
    public override async Task UnlockAsync()
    {
        await Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock(hashtextextended({UpgradeLock}, 0))").ConfigureAwait(false);
        await Database.CloseConnectionAsync().ConfigureAwait(false);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        // Both are made of the number of the writing transaction.
        modelBuilder.Entity<EventRow>().Property(row => row.Sequence).ValueGeneratedNever();
        modelBuilder.Entity<OutboxRow>().Property(row => row.Position).ValueGeneratedNever();
    }
}

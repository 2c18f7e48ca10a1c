using Microsoft.EntityFrameworkCore;
using Rescue.Sessions.EntityFrameworkCore.Model;

namespace Rescue.Sessions.EntityFrameworkCore.Databases;

/// <summary>
/// A process that is killed while it upgrades a SQLite file leaves a row in EF Core's table of locks, for which every later start would wait for
/// ever (EF Core's documentation, "SQLite limitations: concurrent migrations protection"). PostgreSQL's lock ends with its connection.
/// </summary>
internal sealed class AbandonedUpgrade(SqliteDbContext context, TimeProvider time)
{
    // Upgrades are a matter of seconds; and should one take longer, SQLite itself still lets only one of the two write.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>Waits for whoever upgrades, and removes the lock of one that has stopped.</summary>
    public async Task ClearAsync(CancellationToken cancellationToken)
    {
        var first = await FindAsync(cancellationToken).ConfigureAwait(false);
        var began = time.GetTimestamp();
        while (first is not null && await FindAsync(cancellationToken).ConfigureAwait(false) == first)
        {
            if (time.GetElapsedTime(began) >= Patience)
            {
                await context.Database.ExecuteSqlAsync($"DELETE FROM __EFMigrationsLock WHERE Timestamp = {first}", cancellationToken).ConfigureAwait(false);
                return;
            }

            await Task.Delay(PollInterval, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<string?> FindAsync(CancellationToken cancellationToken)
    {
        var hasLocks = await context.Database
            .SqlQuery<int>($"SELECT count(*) AS Value FROM sqlite_master WHERE name = '__EFMigrationsLock'").SingleAsync(cancellationToken).ConfigureAwait(false);
        return hasLocks == 0
            ? null
            : await context.Database.SqlQuery<string>($"SELECT Timestamp AS Value FROM __EFMigrationsLock").SingleOrDefaultAsync(cancellationToken)
                .ConfigureAwait(false);
    }
}

using Microsoft.EntityFrameworkCore;
using Rescue.Sessions.EntityFrameworkCore.Model;

namespace Rescue.Sessions.EntityFrameworkCore.Databases;

/// <summary>Makes the tables, or brings those of an earlier version up to date. Nodes that start at once wait for each other.</summary>
internal sealed class SchemaUpgrade(Func<RescueSessionsDbContext> open)
{
    // Any number will do that nobody else uses.
    private const string Lock = "SELECT pg_advisory_lock(7283501946)";
    private const string Unlock = "SELECT pg_advisory_unlock(7283501946)";

    /// <exception cref="InvalidOperationException">The database was written by a later version of the library.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var context = open();
        var known = context.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        if (await context.Database.CanConnectAsync(cancellationToken).ConfigureAwait(false))
        {
            var applied = await context.Database.GetAppliedMigrationsAsync(cancellationToken).ConfigureAwait(false);
            if (applied.FirstOrDefault(migration => !known.Contains(migration)) is { } later)
            {
                throw new InvalidOperationException(
                    $"The database has the schema change '{later}', which this version of Rescue.Sessions does not know. Use the version that made it, or a later one.");
            }

            // A node that only starts again takes no lock that it could leave behind when it is killed.
            if (known.IsSubsetOf(applied))
                return;
            if (context is PostgreSqlDbContext)
            {
                await MigrateAloneAsync(context, cancellationToken).ConfigureAwait(false);
                return;
            }
        }

        await context.Database.MigrateAsync(cancellationToken).ConfigureAwait(false);
    }

    // The provider's own lock ends with each migration's transaction, so that another node could come in between two of them.
    private static async Task MigrateAloneAsync(RescueSessionsDbContext context, CancellationToken cancellationToken)
    {
        await context.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await context.Database.ExecuteSqlRawAsync(Lock, cancellationToken).ConfigureAwait(false);
        await context.Database.MigrateAsync(cancellationToken).ConfigureAwait(false);
        await context.Database.ExecuteSqlRawAsync(Unlock, CancellationToken.None).ConfigureAwait(false);
    }
}

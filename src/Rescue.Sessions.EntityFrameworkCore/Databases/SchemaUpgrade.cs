using Microsoft.EntityFrameworkCore;
using Rescue.Sessions.EntityFrameworkCore.Model;

namespace Rescue.Sessions.EntityFrameworkCore.Databases;

/// <summary>Makes the tables, or brings those of an earlier version up to date. Nodes that start at once wait for each other.</summary>
internal sealed class SchemaUpgrade(Func<RescueSessionsDbContext> open)
{
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
        }

        await context.Database.MigrateAsync(cancellationToken).ConfigureAwait(false);
    }
}

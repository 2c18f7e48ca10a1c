using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Rescue.Sessions.EntityFrameworkCore.Model;
using Rescue.Sessions.EntityFrameworkCore.Telemetry;

namespace Rescue.Sessions.EntityFrameworkCore.Databases;

/// <summary>Makes the tables, or brings those of an earlier version up to date. Nodes that start at once wait for each other.</summary>
internal sealed class SchemaUpgrade(Func<RescueSessionsDbContext> open, TimeProvider time, ILogger logger)
{
    // Those who waited behind an attempt get through meanwhile.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    /// <exception cref="InvalidOperationException">The database was written by a later version of the library, or has tables of somebody else's.</exception>
    /// <exception cref="Rescue.Sessions.Stores.SessionStoreException">The database failed.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var context = open();
        try
        {
            MakeFolder(context);
            if (await context.Database.CanConnectAsync(cancellationToken).ConfigureAwait(false))
                await UpgradeAsync(context, cancellationToken).ConfigureAwait(false);
            else
                await MigrateAsync(context, cancellationToken).ConfigureAwait(false);
            await RepeatWhileHeldAsync(() => context.IndexSearchAsync(time, logger, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (StoreFailure.Within(failure) is { } cause)
        {
            throw StoreFailure.Of(cause);
        }
    }

    private async Task UpgradeAsync(RescueSessionsDbContext context, CancellationToken cancellationToken)
    {
        await RequireOursAsync(context, cancellationToken).ConfigureAwait(false);
        // A node that only starts again takes no lock that it could leave behind when it is killed.
        if (!(await context.Database.GetPendingMigrationsAsync(cancellationToken).ConfigureAwait(false)).Any())
            return;
        if (context is SqliteDbContext sqlite)
            await new AbandonedUpgrade(sqlite, time).ClearAsync(cancellationToken).ConfigureAwait(false);
        await context.LockAsync(time, cancellationToken).ConfigureAwait(false);
        try
        {
            if ((await context.Database.GetPendingMigrationsAsync(cancellationToken).ConfigureAwait(false)).Any())
                await MigrateAsync(context, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await context.UnlockAsync().ConfigureAwait(false);
        }
    }

    private async Task MigrateAsync(RescueSessionsDbContext context, CancellationToken cancellationToken)
    {
        await RepeatWhileHeldAsync(() => context.Database.MigrateAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        logger.SchemaUpgraded(context.Database.GetMigrations().Last());
    }

    // Whatever must have a table for itself waits a moment for it, and comes again.
    private async Task RepeatWhileHeldAsync(Func<Task> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await change().ConfigureAwait(false);
                return;
            }
            catch (Exception failure) when (StoreFailure.Within(failure) is { } held && StoreFailure.IsHeldLock(held))
            {
                logger.SchemaUpgradeWaits(failure);
                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task RequireOursAsync(RescueSessionsDbContext context, CancellationToken cancellationToken)
    {
        // In this order: tables and history appear in one step, perhaps between the two, by another node.
        var isThere = await context.Database.SqlQuery<int>(context.SelectIsThere).SingleAsync(cancellationToken).ConfigureAwait(false) > 0;
        var applied = (await context.Database.GetAppliedMigrationsAsync(cancellationToken).ConfigureAwait(false)).ToList();
        if (applied.Except(context.Database.GetMigrations()).FirstOrDefault() is { } later)
        {
            throw new InvalidOperationException(
                $"The database has the schema change '{later}', which this version of Rescue.Sessions does not know. Use the version that made it, or a later one.");
        }

        if (isThere && applied.Count == 0)
        {
            throw new InvalidOperationException(
                "The database has a table 'rescue_session' that this library's schema changes have not made. Use a database of its own, or call "
                + "UseEntityFrameworkCore with upgradeSchema: false if the host's own migrations carry the tables.");
        }
    }

    private static void MakeFolder(RescueSessionsDbContext context)
    {
        // A URI's query and a directory that stands for another are the provider's to read.
        if (context is SqliteDbContext && context.Database.GetDbConnection().DataSource is { Length: > 0 } file
            && !file.StartsWith("file:", StringComparison.Ordinal) && !file.StartsWith('|') && Path.GetDirectoryName(file) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }
    }
}

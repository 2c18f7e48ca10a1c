using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.EntityFrameworkCore.Limits;
using Rescue.Sessions.EntityFrameworkCore.Sessions;
using Rescue.Sessions.EntityFrameworkCore.Telemetry;
using Rescue.Sessions.EntityFrameworkCore.Time;

namespace Rescue.Sessions.EntityFrameworkCore.Hosting;

/// <summary>Measures the database's clock twice a minute, forgets counts that no limit can see and requests that nothing can repeat any more, and goes on forgetting what was erased.</summary>
internal sealed class DatabaseUpkeep(Database database, EntityFrameworkLimitStore limits, DatabaseClock? clock, TimeProvider time, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await KeepUpAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A host that stops because it could not start says why, and would take this for a second failure.
        }
    }

    private async Task KeepUpAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                if (clock is not null)
                    await clock.MeasureAsync(stoppingToken).ConfigureAwait(false);
                await limits.ForgetAsync(time.GetUtcNow(), stoppingToken).ConfigureAwait(false);
                await database.WriteAsync([RequestSql.Forget(time.GetUtcNow())], stoppingToken).ConfigureAwait(false);
                await database.ForgetErasedAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                // The database is out of reach: what was measured last still holds.
                logger.UpkeepFailed(failure);
            }
        }
    }
}

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rescue.Sessions.EntityFrameworkCore.Limits;
using Rescue.Sessions.EntityFrameworkCore.Time;

namespace Rescue.Sessions.EntityFrameworkCore.Hosting;

/// <summary>Measures the database's clock twice a minute, and forgets counts that no limit can see any more.</summary>
internal sealed class DatabaseUpkeep(EntityFrameworkLimitStore limits, DatabaseClock? clock, TimeProvider time, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                if (clock is not null)
                    await clock.MeasureAsync(stoppingToken).ConfigureAwait(false);
                await limits.ForgetAsync(time.GetUtcNow(), stoppingToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // The database is out of reach: what was measured last still holds.
                logger.UpkeepFailed(failure);
            }
        }
    }
}

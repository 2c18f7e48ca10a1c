using Microsoft.Extensions.Hosting;
using Rescue.Sessions.Deadlines;
using Rescue.Sessions.Guessing;
using Rescue.Sessions.Retention;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Hosting;

/// <summary>Runs the sweeps every second, erases every minute what was kept long enough, and writes the notes of tried codes, until the host stops.</summary>
internal sealed class SessionUpkeep(
    OverdueSweep overdue, SilenceSweep silence, AlarmSweep alarms, GuestSweep guests, RetentionSweep retention, TriedCodes tried, TimeProvider time, SessionTelemetry telemetry)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan GuestInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetentionInterval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(SweepAsync(stoppingToken), EndVisitsAsync(stoppingToken), EraseAsync(stoppingToken), NoteAsync(stoppingToken)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A host that stops because it could not start says why, and would take this for a second failure.
        }
    }

    private async Task SweepAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            await GuardedAsync(overdue.RunAsync(stoppingToken), stoppingToken).ConfigureAwait(false);
            await GuardedAsync(silence.RunAsync(stoppingToken), stoppingToken).ConfigureAwait(false);
            await GuardedAsync(alarms.RunAsync(stoppingToken), stoppingToken).ConfigureAwait(false);
        }
    }

    private async Task EndVisitsAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(GuestInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            await GuardedAsync(guests.RunAsync(stoppingToken), stoppingToken).ConfigureAwait(false);
    }

    private async Task EraseAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(RetentionInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            await GuardedAsync(retention.RunAsync(stoppingToken), stoppingToken).ConfigureAwait(false);
    }

    private async Task NoteAsync(CancellationToken stoppingToken)
    {
        while (await tried.WaitAsync(stoppingToken).ConfigureAwait(false))
        {
            // Later than the answer, so that it takes no longer where there is something to note; and a pause where the store fails.
            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(false);
            await GuardedAsync(tried.RecordAsync(stoppingToken).AsTask(), stoppingToken).ConfigureAwait(false);
        }
    }

    // A store that is out of reach must not end the upkeep, nor one that has its own patience and gives up.
    private async Task GuardedAsync(Task work, CancellationToken stoppingToken)
    {
        try
        {
            await work.ConfigureAwait(false);
            telemetry.SweepWorks();
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            telemetry.SweepFailed(failure);
        }
    }
}

using Microsoft.Extensions.Options;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Retention;

/// <summary>Erases what ended long enough ago. Any number of nodes may run it.</summary>
internal sealed class RetentionSweep(
    ISessionStore store, IOptionsMonitor<IRetentionOptions> options, TimeProvider time, SessionTelemetry telemetry)
{
    // What is erased in one step keeps the one writer of SQLite from everybody else for some ten milliseconds.
    private const int BatchSize = 50;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var (kept, technicians) = (options.CurrentValue.Retention.Ended, options.CurrentValue.Retention.Technicians);
        if (technicians != TimeSpan.Zero)
            await store.ForgetTechniciansAsync(time.GetUtcNow() - technicians, cancellationToken).ConfigureAwait(false);
        if (kept == TimeSpan.Zero)
            return;
        var erasure = new SessionErasure { EndedBefore = time.GetUtcNow() - kept, Limit = BatchSize };
        int erased;
        do
        {
            erased = await store.EraseAsync(erasure, cancellationToken).ConfigureAwait(false);
            telemetry.Erased(erased);
        }
        while (erased == BatchSize);
    }
}

using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Feed;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Health;

/// <summary>Whether this process follows the store's events: consoles and applets that listen here hear of changes no sooner than it does. Thread-safe.</summary>
internal sealed class FeedHealthCheck(SessionFeed feed, IEventStore store, IOptions<HealthOptions> options, TimeProvider time) : IHealthCheck
{
    private readonly Lock gate = new();
    private (long Position, DateTimeOffset Since)? stuck;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (feed.Position is not { } position)
            return Is(null) ?? HealthCheckResult.Healthy("Nobody listens here.");
        try
        {
            // A sequence may have no event any more, so that only an event tells that there is something to read.
            var next = await store.ReadEventsAsync(new() { After = position, Limit = 1 }, cancellationToken).ConfigureAwait(false);
            return Is(next.Events.IsEmpty ? null : position) ?? HealthCheckResult.Healthy("Events are followed as they happen.");
        }
        catch (SessionStoreException failure)
        {
            return HealthCheckResult.Degraded("Events cannot be followed: the store is out of reach.", failure);
        }
    }

    // The result where it has stood at one place for too long; null where all is well.
    private HealthCheckResult? Is(long? position)
    {
        var now = time.GetUtcNow();
        lock (gate)
        {
            if (position is not { } at)
            {
                stuck = null;
                return null;
            }

            if (stuck?.Position != at)
                stuck = (at, now);
            var behind = now - stuck.Value.Since;
            return behind <= options.Value.FeedDelay ? null : HealthCheckResult.Degraded(
                $"This process has been {behind.TotalSeconds:0} s behind the store's events. Look in the log for errors of event streams; a restart begins anew, and clients go on where they were.");
        }
    }
}

using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Feed;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Health;

/// <summary>Whether this process follows the store's events: consoles and applets that listen here hear of changes no sooner than it does. Thread-safe.</summary>
internal sealed class FeedHealthCheck(SessionFeed feed, IEventStore store, StorePatience patience, IOptions<HealthOptions> options, TimeProvider time) : IHealthCheck
{
    private readonly Lock gate = new();

    // Since when there has been something to read at each look, and the feed stood still or came too late.
    private (long Position, bool IsLate, DateTimeOffset Since)? behind;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (feed.Position is not { } position)
            return Is(null, null) ?? HealthCheckResult.Healthy("Nobody listens here.");
        try
        {
            // A sequence may have no event any more, so that only an event tells that there is something to read. It is read in the feed's place, whose store is to wake it for it all the same: so not to the end.
            var query = new SessionEventQuery { After = position, UpTo = long.MaxValue - 1, Limit = SessionFeed.PageSize };
            var next = await patience.AskAsync(waiting => store.ReadEventsAsync(query, waiting), cancellationToken).ConfigureAwait(false);
            // What an outage has held up is recorded with the times of the deadlines, and may be read the next moment.
            return Is(position, next.Events.IsEmpty ? null : next.Events.FirstOrDefault(happened => !happened.IsOfADeadline)?.At ?? time.GetUtcNow()) ?? HealthCheckResult.Healthy("Events are followed as they happen.");
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Degraded("Events cannot be followed: the store is out of reach.", failure);
        }
    }

    // The result where it has been behind for too long; null where all is well.
    private HealthCheckResult? Is(long? position, DateTimeOffset? next)
    {
        var now = time.GetUtcNow();
        var limits = options.Value;
        lock (gate)
        {
            if (position is not { } at || next is not { } happened)
            {
                behind = null;
                return null;
            }

            // The clock of whoever wrote it may be behind.
            var isLate = now - happened > limits.FeedDelay + limits.ClockDifference;
            // Once is no sign: what a long transaction has held back, or a pause of this process, is late too, and read the next moment.
            if (behind is not { } before || (before.Position != at && !(before.IsLate && isLate)))
                before = (at, isLate, now);
            behind = (at, isLate, before.Since);
            if (now - before.Since <= limits.FeedDelay)
                return null;
            var delay = isLate ? now - happened : now - before.Since;
            return HealthCheckResult.Degraded(
                $"This process is {delay.TotalSeconds:0} s behind the store's events. Look in the log for errors of event streams; a restart begins anew, and clients go on where they were.");
        }
    }
}

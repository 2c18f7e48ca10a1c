using Rescue.Sessions.Limits;

namespace Rescue.Sessions.Webhooks.Administration;

/// <summary>Limits how often the administrators of a tenant have requests sent to a server of their choice at once. Thread-safe.</summary>
internal sealed class WebhookLimits(ILimitStore store, TimeProvider time)
{
    private const int TestsPerWindow = 30;

    // After an outage all that a page of the log shows is sent again.
    private const int ReplaysPerWindow = 500;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>Takes one test of the tenant's.</summary>
    /// <returns>Null when it was taken.</returns>
    public ValueTask<Refusal.TooMany?> TryTestAsync(string tenant, CancellationToken cancellationToken) =>
        TryTakeAsync(new(Limit.KeyOf("webhook-test", tenant), TestsPerWindow, Window), LimitedAction.TestWebhook, cancellationToken);

    /// <summary>Takes one replay of the tenant's.</summary>
    /// <returns>Null when it was taken.</returns>
    public ValueTask<Refusal.TooMany?> TryReplayAsync(string tenant, CancellationToken cancellationToken) =>
        TryTakeAsync(Replays(tenant), LimitedAction.ReplayDelivery, cancellationToken);

    /// <summary>Gives back a replay of what is not there.</summary>
    public ValueTask ReturnReplayAsync(string tenant) => store.ReturnAsync([Replays(tenant)], time.GetUtcNow(), CancellationToken.None);

    private static Limit Replays(string tenant) => new(Limit.KeyOf("webhook-replay", tenant), ReplaysPerWindow, Window);

    private async ValueTask<Refusal.TooMany?> TryTakeAsync(Limit limit, LimitedAction action, CancellationToken cancellationToken) =>
        await store.TryTakeAsync([limit], time.GetUtcNow(), cancellationToken).ConfigureAwait(false) is { } retryAfter ? new(action, retryAfter) : null;
}

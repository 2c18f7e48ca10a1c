using Rescue.Sessions.Stores;
using Rescue.Sessions.Webhooks.Storage;

namespace Rescue.Sessions.Webhooks.Deliveries;

/// <summary>Puts the writes that come at the same time into one: messages to be sent, what became of them, and those that are given back. Thread-safe.</summary>
internal sealed class WebhookQueue
{
    private const int MostInAGroup = 64;
    private const int Frequent = 50;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);

    private readonly GroupedCalls<WebhookDelivery, bool> additions;
    private readonly GroupedCalls<WebhookOutcome, bool> completions;
    private readonly GroupedCalls<WebhookClaim, bool> returns;

    public WebhookQueue(IWebhookStore store, WebhookSignal signal, TimeProvider time)
    {
        additions = new(
            async deliveries =>
            {
                await store.AddAsync(deliveries, CancellationToken.None).ConfigureAwait(false);
                signal.Set();
                return [.. deliveries.Select(_ => true)];
            },
            MostInAGroup,
            new(Frequent, Pause));
        completions = new(outcomes => store.CompleteAsync(outcomes, CancellationToken.None), MostInAGroup, new(Frequent, Pause));
        returns = new(
            async claims =>
            {
                await store.GiveBackAsync(claims, time.GetUtcNow(), CancellationToken.None).ConfigureAwait(false);
                return [.. claims.Select(_ => true)];
            },
            MostInAGroup,
            new(Frequent, Pause));
    }

    public Task AddAsync(WebhookDelivery delivery) => additions.AskAsync(delivery);

    /// <returns>False when another sender has taken it since.</returns>
    public Task<bool> CompleteAsync(WebhookOutcome outcome) => completions.AskAsync(outcome);

    public Task GiveBackAsync(WebhookClaim claim) => returns.AskAsync(claim);
}

using System.Collections.Immutable;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Webhooks.Storage;

namespace Rescue.Sessions.Webhooks.Deliveries;

/// <summary>Puts the writes that come at the same time into one: messages to be sent, what became of them, and those that are given back. Thread-safe.</summary>
internal sealed class WebhookQueue
{
    private const int MostInAGroup = 64;
    private const int Frequent = 50;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);

    private readonly GroupedCalls<ImmutableArray<WebhookDelivery>, bool> additions;
    private readonly GroupedCalls<WebhookOutcome, bool> completions;
    private readonly GroupedCalls<WebhookClaim, bool> returns;

    public WebhookQueue(IWebhookStore store, WebhookSignal signal, TimeProvider time)
    {
        additions = new(
            async events =>
            {
                // Small enough that others write in between.
                foreach (var deliveries in events.SelectMany(deliveries => deliveries).Chunk(MostInAGroup))
                {
                    await store.AddAsync([.. deliveries], CancellationToken.None).ConfigureAwait(false);
                    signal.Set();
                }

                return [.. events.Select(_ => true)];
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

    /// <summary>Queues an event's messages to all receivers that want it.</summary>
    public Task AddAsync(ImmutableArray<WebhookDelivery> deliveries) => deliveries.IsEmpty ? Task.CompletedTask : additions.AskAsync(deliveries);

    /// <returns>False when another sender has taken it since.</returns>
    public Task<bool> CompleteAsync(WebhookOutcome outcome) => completions.AskAsync(outcome);

    public Task GiveBackAsync(WebhookClaim claim) => returns.AskAsync(claim);
}

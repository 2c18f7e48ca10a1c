using System.Collections.Immutable;
using Rescue.Sessions.Feed;
using Rescue.Sessions.Subscriptions;
using Rescue.Sessions.Webhooks.Messages;
using Rescue.Sessions.Webhooks.Settings;

namespace Rescue.Sessions.Webhooks.Deliveries;

/// <summary>Queues a message for each webhook that wants an event. Handled twice, an event is queued once.</summary>
internal sealed class WebhookSubscriber(WebhookDirectory directory, WebhookQueue queue, TimeProvider time) : ISessionSubscriber
{
    /// <summary>The subscription's name.</summary>
    public const string Name = "rescue.webhooks";

    public async Task HandleAsync(SessionUpdate update, CancellationToken cancellationToken)
    {
        var happened = update.Event;
        var type = WebhookEventTypes.Of(happened);
        var now = time.GetUtcNow();
        string? body = null;
        var deliveries = ImmutableArray.CreateBuilder<WebhookDelivery>();
        foreach (var webhook in (await directory.FindAsync(happened.Tenant, cancellationToken).ConfigureAwait(false)).Webhooks)
        {
            if (!webhook.ToWebhook(now).Wants(type))
                continue;
            body ??= WebhookMessage.Of(type, update);
            deliveries.Add(new()
            {
                Webhook = webhook.Name, Sequence = happened.Sequence, Tenant = happened.Tenant, Session = happened.Session, Type = type, Body = body,
                CreatedAt = now, DueAt = now,
            });
        }

        // One after the other they would wait for as many writes as there are receivers.
        await queue.AddAsync(deliveries.ToImmutable()).ConfigureAwait(false);
    }
}

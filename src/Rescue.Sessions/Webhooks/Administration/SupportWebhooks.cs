using System.Collections.Immutable;
using System.Security.Cryptography;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Refusals;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Webhooks.Administration;
using Rescue.Sessions.Webhooks.Deliveries;
using Rescue.Sessions.Webhooks.Messages;
using Rescue.Sessions.Webhooks.Settings;
using Rescue.Sessions.Webhooks.Storage;
using Rescue.Sessions.Webhooks.Transport;

namespace Rescue.Sessions.Webhooks;

/// <summary>
/// The administrator's door to the webhooks of their tenant: who gets which events, under which secret, and what became of them. Every call takes the right to
/// manage settings. Thread-safe.
/// </summary>
public sealed class SupportWebhooks
{
    private readonly WebhookDirectory directory;
    private readonly WebhookChanges changes;
    private readonly WebhookClient client;
    private readonly IWebhookStore store;
    private readonly WebhookSignal signal;
    private readonly WebhookLimits limits;
    private readonly PermissionPolicy policy;
    private readonly TimeProvider time;

    internal SupportWebhooks(
        WebhookDirectory directory,
        WebhookChanges changes,
        WebhookClient client,
        IWebhookStore store,
        WebhookSignal signal,
        WebhookLimits limits,
        PermissionPolicy policy,
        TimeProvider time)
    {
        this.directory = directory;
        this.changes = changes;
        this.client = client;
        this.store = store;
        this.signal = signal;
        this.limits = limits;
        this.policy = policy;
        this.time = time;
    }

    /// <summary>
    /// What the types of events are called, of which names are added and never changed: <c>session.created</c>; <c>session.</c> and the new status, such as
    /// <c>session.active</c>, when the status has changed; <c>session.changed</c> when a step left the status as it was; <c>session.invitation</c>,
    /// <c>session.alarm</c>, <c>session.codeTried</c>, <c>session.activity</c>, <c>session.guestInvited</c>, <c>session.guestJoined</c> and <c>session.guestLeft</c>.
    /// </summary>
    public static ImmutableArray<string> EventTypes => WebhookEventTypes.All;

    /// <summary>The tenant's webhooks, in the order in which they were made.</summary>
    public ValueTask<WebhookResult<ImmutableArray<Webhook>>> ListAsync(Technician technician, CancellationToken cancellationToken = default) =>
        AllowedAsync<ImmutableArray<Webhook>>(
            technician,
            async () =>
            {
                var now = time.GetUtcNow();
                var present = await directory.ReadAsync(technician.Tenant, cancellationToken).ConfigureAwait(false);
                return new WebhookResult<ImmutableArray<Webhook>>.Done([.. present.Webhooks.Select(webhook => webhook.ToWebhook(now))]);
            },
            cancellationToken);

    /// <summary>One webhook.</summary>
    public ValueTask<WebhookResult<Webhook>> FindAsync(Technician technician, string id, CancellationToken cancellationToken = default) =>
        FoundAsync<Webhook>(technician, id, webhook => new(new WebhookResult<Webhook>.Done(webhook.ToWebhook(time.GetUtcNow()))), cancellationToken);

    /// <summary>Makes a webhook, which gets what happens from about a second later on.</summary>
    /// <returns>The webhook with its secret, which is told this once.</returns>
    public ValueTask<WebhookResult<NewWebhook>> CreateAsync(Technician technician, WebhookChange webhook, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        return AllowedAsync(technician, () => changes.CreateAsync(technician, webhook, cancellationToken), cancellationToken);
    }

    /// <summary>Sets a webhook anew; its secret stays. What waits for a receiver that is disabled fails, and can be replayed.</summary>
    public ValueTask<WebhookResult<Webhook>> SaveAsync(Technician technician, string id, WebhookChange webhook, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        return AllowedAsync(technician, () => changes.SaveAsync(technician, id, _ => webhook, cancellationToken), cancellationToken);
    }

    /// <summary>The same with what <paramref name="change"/> makes of the webhook as it is, so that what it leaves alone stays as others have set it in between.</summary>
    /// <param name="technician">Who saves.</param>
    /// <param name="id">The webhook.</param>
    /// <param name="change">Makes what is set of what is there; called again where somebody else has saved meanwhile, so it must do nothing but that.</param>
    /// <param name="cancellationToken">Ends the wait; it may be saved all the same.</param>
    public ValueTask<WebhookResult<Webhook>> SaveAsync(
        Technician technician, string id, Func<Webhook, WebhookChange> change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        return AllowedAsync(technician, () => changes.SaveAsync(technician, id, change, cancellationToken), cancellationToken);
    }

    /// <summary>Removes a webhook, with what waits for its receiver and the log.</summary>
    public ValueTask<WebhookResult<Webhook>> DeleteAsync(Technician technician, string id, CancellationToken cancellationToken = default) =>
        AllowedAsync(technician, () => changes.DeleteAsync(technician, id, cancellationToken), cancellationToken);

    /// <summary>
    /// Gives a webhook a new secret. For <see cref="WebhookOptions.RotationOverlap"/> messages are signed under the former one too, so that the receiver can change at
    /// leisure; any before it counts no more.
    /// </summary>
    /// <returns>The webhook with its secret, which is told this once.</returns>
    public ValueTask<WebhookResult<NewWebhook>> RotateAsync(Technician technician, string id, CancellationToken cancellationToken = default) =>
        AllowedAsync(technician, () => changes.RotateAsync(technician, id, cancellationToken), cancellationToken);

    /// <summary>Lists what was, is and will be sent to a webhook's receiver, the latest first.</summary>
    /// <param name="technician">Who asks.</param>
    /// <param name="id">The webhook.</param>
    /// <param name="before">Only what has a lower sequence.</param>
    /// <param name="limit">The most to return, 1 to 500.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<WebhookResult<ImmutableArray<WebhookDelivery>>> ListDeliveriesAsync(
        Technician technician, string id, long before = long.MaxValue, int limit = 100, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 500);
        return FoundAsync<ImmutableArray<WebhookDelivery>>(
            technician,
            id,
            async webhook => new WebhookResult<ImmutableArray<WebhookDelivery>>.Done(
                await store.ListAsync(webhook.Name, before, limit, cancellationToken).ConfigureAwait(false)),
            cancellationToken);
    }

    /// <summary>Sends a message again, with the same body and <c>webhook-id</c>, also one that was delivered. At most 500 in ten minutes for a tenant.</summary>
    public ValueTask<WebhookResult<WebhookDelivery>> ReplayAsync(Technician technician, string id, long sequence, CancellationToken cancellationToken = default) =>
        FoundAsync<WebhookDelivery>(
            technician,
            id,
            async webhook =>
            {
                if (await limits.TryReplayAsync(technician.Tenant, cancellationToken).ConfigureAwait(false) is { } tooMany)
                    return new WebhookResult<WebhookDelivery>.Refused(tooMany);
                WebhookDelivery? again;
                try
                {
                    again = await store.ReplayAsync(webhook.Name, sequence, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
                }
                catch (SessionStoreException) when (!cancellationToken.IsCancellationRequested)
                {
                    await limits.ReturnReplayAsync(technician.Tenant).ConfigureAwait(false);
                    throw;
                }

                if (again is null)
                {
                    await limits.ReturnReplayAsync(technician.Tenant).ConfigureAwait(false);
                    return new WebhookResult<WebhookDelivery>.NotFound();
                }

                signal.Set();
                return new WebhookResult<WebhookDelivery>.Done(again);
            },
            cancellationToken);

    /// <summary>Posts a message of the type <c>webhook.test</c> to a webhook's receiver at once, and once; it is in no log. At most 30 in ten minutes for a tenant.</summary>
    public ValueTask<WebhookResult<WebhookTest>> TestAsync(Technician technician, string id, CancellationToken cancellationToken = default) =>
        FoundAsync<WebhookTest>(
            technician,
            id,
            async webhook =>
            {
                ImmutableArray<WebhookSecret> secrets;
                try
                {
                    secrets = directory.SecretsOf(technician.Tenant, webhook);
                }
                catch (CryptographicException)
                {
                    return new WebhookResult<WebhookTest>.Done(new(null, WebhookSender.Unopened));
                }

                if (await limits.TryTestAsync(technician.Tenant, cancellationToken).ConfigureAwait(false) is { } tooMany)
                    return new WebhookResult<WebhookTest>.Refused(tooMany);
                var answer = await client.PostAsync(
                    new(webhook.Url), $"test_{Guid.NewGuid():N}", WebhookMessage.Test(time.GetUtcNow()), secrets, cancellationToken).ConfigureAwait(false);
                return new WebhookResult<WebhookTest>.Done(new(answer.StatusCode, answer.Problem));
            },
            cancellationToken);

    private ValueTask<WebhookResult<TValue>> FoundAsync<TValue>(
        Technician technician, string id, Func<StoredWebhook, ValueTask<WebhookResult<TValue>>> act, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        return AllowedAsync(
            technician,
            async () => (await directory.ReadAsync(technician.Tenant, cancellationToken).ConfigureAwait(false)).Find(id) is { } webhook
                ? await act(webhook).ConfigureAwait(false)
                : new WebhookResult<TValue>.NotFound(),
            cancellationToken);
    }

    private async ValueTask<WebhookResult<TValue>> AllowedAsync<TValue>(
        Technician technician, Func<ValueTask<WebhookResult<TValue>>> act, CancellationToken cancellationToken)
    {
        return await policy.FindRefusalAsync(technician, ConnectionRight.ManageSettings, cancellationToken).ConfigureAwait(false) is { } refusal
            ? new WebhookResult<TValue>.Refused(refusal)
            : await act().ConfigureAwait(false);
    }
}

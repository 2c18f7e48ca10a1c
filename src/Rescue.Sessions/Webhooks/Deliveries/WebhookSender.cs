using System.Security.Cryptography;
using Rescue.Sessions.Outbox;
using Rescue.Sessions.Settings;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;
using Rescue.Sessions.Webhooks.Settings;
using Rescue.Sessions.Webhooks.Storage;
using Rescue.Sessions.Webhooks.Transport;

namespace Rescue.Sessions.Webhooks.Deliveries;

/// <summary>Takes one claimed message through post and record, which are apart because only the first takes a place at the receiver. Thread-safe.</summary>
internal sealed class WebhookSender(
    WebhookDirectory directory,
    WebhookClient client,
    WebhookQueue queue,
    IWebhookStore store,
    TimeProvider time,
    SessionTelemetry telemetry)
{
    public const string Unopened = "The secret cannot be opened: the key that sealed it is missing from Codes.Keys.";

    private const string Gone = "The receiver answered 410: it wants nothing more, and the webhook is disabled.";

    private static readonly TimeSpan StoreRetryInterval = TimeSpan.FromSeconds(1);

    /// <summary>Asks the receiver. Never throws: a failure is logged, and the message comes back when its lease has ended.</summary>
    /// <returns>What is to be recorded; null for nothing.</returns>
    public async Task<WebhookAttempt?> AttemptAsync(WebhookClaim claim)
    {
        try
        {
            using var activity = SessionTelemetry.Activities.StartActivity("webhook.send");
            var attempt = await AttemptAsync(claim.Delivery).ConfigureAwait(false);
            if (attempt is { WasAsked: true, Answer.IsGone: true })
                await DisableAsync(claim.Delivery).ConfigureAwait(false);
            return attempt;
        }
        catch (Exception failure)
        {
            telemetry.WebhooksFailed(failure);
            return null;
        }
    }

    /// <summary>Records what came of it, by the limits with which it was taken. Never throws, as before.</summary>
    public async Task RecordAsync(WebhookClaim claim, WebhookAttempt attempt, WebhookOptions limits, CancellationToken stopping)
    {
        try
        {
            await RecordAsync(claim, attempt.Answer, attempt.IsFinal, limits, stopping).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            telemetry.WebhooksFailed(failure);
        }
    }

    /// <summary>Gives back what nothing was begun of, so that another node need not wait for the lease to end. Never throws, as before.</summary>
    public async Task GiveBackAsync(WebhookClaim claim)
    {
        try
        {
            await queue.GiveBackAsync(claim).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            telemetry.WebhooksFailed(failure);
        }
    }

    private async Task<WebhookAttempt?> AttemptAsync(WebhookDelivery delivery)
    {
        var webhook = (await directory.FindAsync(delivery.Tenant, CancellationToken.None).ConfigureAwait(false)).Find(delivery.Webhook);
        // What was read up to a second ago may not know what another node has made or enabled since, and a message that is finished with is not sent again.
        if (webhook is not { IsEnabled: true })
            webhook = (await directory.ReadAsync(delivery.Tenant, CancellationToken.None).ConfigureAwait(false)).Find(delivery.Webhook);
        if (webhook is null)
        {
            // It was queued by a node that did not know yet; nobody could see or remove it any more.
            await store.DropAsync(delivery.Webhook, CancellationToken.None).ConfigureAwait(false);
            return null;
        }

        if (!webhook.IsEnabled)
            return new(new(null, "The webhook is disabled."), WasAsked: false);
        try
        {
            var secrets = directory.SecretsOf(delivery.Tenant, webhook);
            // Its own limit ends it; what the receiver has taken is recorded even when the host stops.
            return new(await client.PostAsync(new(webhook.Url), delivery.MessageId, delivery.Body, secrets, CancellationToken.None).ConfigureAwait(false));
        }
        catch (CryptographicException)
        {
            return new(new(null, Unopened));
        }
    }

    private async Task DisableAsync(WebhookDelivery delivery)
    {
        var disabled = await directory.ChangeAsync(
            delivery.Tenant,
            SettingNames.Library,
            present => present.Find(delivery.Webhook) is { IsEnabled: true } webhook
                ? present.With(webhook with { IsEnabled = false, DisabledReason = Gone })
                : null,
            CancellationToken.None).ConfigureAwait(false);
        if (disabled)
            telemetry.WebhookDisabled(delivery.Webhook, delivery.Tenant);
    }

    private async Task RecordAsync(WebhookClaim claim, WebhookAnswer answer, bool isFinal, WebhookOptions limits, CancellationToken stopping)
    {
        var (now, attempts) = (time.GetUtcNow(), claim.Delivery.Attempts + 1);
        DateTimeOffset? retryAt = null;
        if (!isFinal && attempts < limits.MaxAttempts)
            retryAt = now + RetryDelay.After(attempts - 1, limits.MaxRetryDelay, answer.RetryAfter);

        var outcome = new WebhookOutcome(claim, now, answer.StatusCode, answer.IsGone ? Gone : answer.Problem, retryAt);
        if (await PersistAsync(outcome, stopping).ConfigureAwait(false))
            telemetry.WebhookAttempted(claim.Delivery.Webhook, claim.Delivery.Session, answer.IsDelivered, retryAt is null, claim.Delivery.CreatedAt, now);
    }

    // A repeat does no harm: the fence lets only the first one through.
    private async Task<bool> PersistAsync(WebhookOutcome outcome, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                return await queue.CompleteAsync(outcome).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is SessionStoreException or OperationCanceledException && !stopping.IsCancellationRequested)
            {
                telemetry.WebhooksFailed(failure);
                await Task.Delay(StoreRetryInterval, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}

using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Webhooks.Settings;
using Rescue.Sessions.Webhooks.Storage;

namespace Rescue.Sessions.Webhooks.Administration;

/// <summary>What an administrator changes of their tenant's webhooks, once it is known that they may. Thread-safe.</summary>
internal sealed class WebhookChanges(
    WebhookDirectory directory, IWebhookStore store, IOptionsMonitor<WebhookOptions> options, TimeProvider time)
{
    public async ValueTask<WebhookResult<NewWebhook>> CreateAsync(Technician technician, WebhookChange webhook, CancellationToken cancellationToken)
    {
        var limits = options.CurrentValue;
        if (WebhookRules.Problems(webhook, limits).ToImmutableArray() is { IsEmpty: false } problems)
            return new WebhookResult<NewWebhook>.Refused(new Refusal.Invalid(problems));
        var secret = WebhookSecret.Generate();
        var (id, now) = (Guid.NewGuid(), time.GetUtcNow());
        var made = new StoredWebhook(
            id, webhook.Url, webhook.Description, webhook.Types, webhook.IsEnabled, null, now, [directory.Seal(secret, id)]);
        var isMade = await WriteAsync(
            technician, present => present.Webhooks.Length < limits.PerTenant ? new(present.Webhooks.Add(made)) : null, cancellationToken).ConfigureAwait(false);
        return isMade ? new WebhookResult<NewWebhook>.Done(new(made.ToWebhook(now), secret.Text)) : new WebhookResult<NewWebhook>.AtLimit(limits.PerTenant);
    }

    public async ValueTask<WebhookResult<Webhook>> SaveAsync(
        Technician technician, string id, Func<Webhook, WebhookChange> change, CancellationToken cancellationToken)
    {
        ImmutableArray<FieldProblem> problems = [];
        var saved = await ReplaceAsync(
            technician,
            id,
            stored =>
            {
                var webhook = change(stored.ToWebhook(time.GetUtcNow()));
                problems = [.. WebhookRules.Problems(webhook, options.CurrentValue)];
                return problems.IsEmpty ? stored.With(webhook) : null;
            },
            cancellationToken).ConfigureAwait(false);
        if (!problems.IsEmpty)
            return new WebhookResult<Webhook>.Refused(new Refusal.Invalid(problems));
        return saved is null ? new WebhookResult<Webhook>.NotFound() : new WebhookResult<Webhook>.Done(saved.ToWebhook(time.GetUtcNow()));
    }

    public async ValueTask<WebhookResult<Webhook>> DeleteAsync(Technician technician, string id, CancellationToken cancellationToken)
    {
        StoredWebhook? gone = null;
        var isGone = await WriteAsync(
            technician, present => (gone = present.Find(id)) is null ? null : new(present.Webhooks.Remove(gone)), cancellationToken).ConfigureAwait(false);
        if (!isGone)
            return new WebhookResult<Webhook>.NotFound();
        await store.DropAsync(id, cancellationToken).ConfigureAwait(false);
        return new WebhookResult<Webhook>.Done(gone!.ToWebhook(time.GetUtcNow()));
    }

    public async ValueTask<WebhookResult<NewWebhook>> RotateAsync(Technician technician, string id, CancellationToken cancellationToken)
    {
        var secret = WebhookSecret.Generate();
        var until = time.GetUtcNow() + options.CurrentValue.RotationOverlap;
        var rotated = await ReplaceAsync(
            technician,
            id,
            stored => stored with { Secrets = [directory.Seal(secret, stored.Id), stored.Secrets[0] with { Until = until }] },
            cancellationToken).ConfigureAwait(false);
        return rotated is null
            ? new WebhookResult<NewWebhook>.NotFound()
            : new WebhookResult<NewWebhook>.Done(new(rotated.ToWebhook(time.GetUtcNow()), secret.Text));
    }

    private async ValueTask<StoredWebhook?> ReplaceAsync(
        Technician technician, string id, Func<StoredWebhook, StoredWebhook?> change, CancellationToken cancellationToken)
    {
        StoredWebhook? changed = null;
        await WriteAsync(
            technician,
            present => (changed = present.Find(id) is { } stored ? change(stored) : null) is null ? null : present.With(changed),
            cancellationToken).ConfigureAwait(false);
        return changed;
    }

    private ValueTask<bool> WriteAsync(Technician technician, Func<WebhookSettings, WebhookSettings?> change, CancellationToken cancellationToken) =>
        directory.ChangeAsync(technician.Tenant, technician.Reference, change, cancellationToken);
}

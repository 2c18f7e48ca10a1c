using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Settings;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Webhooks.Settings;

/// <summary>The webhooks of each tenant and their secrets. Thread-safe.</summary>
internal sealed class WebhookDirectory(TenantSettings settings, SessionSecrets secrets, TimeProvider time, SessionTelemetry telemetry)
{
    // Each is told of once, not at every message.
    private readonly ConcurrentDictionary<Guid, bool> unopened = new();

    /// <summary>A tenant's webhooks as they were within the last second.</summary>
    public async ValueTask<WebhookSettings> FindAsync(string tenant, CancellationToken cancellationToken) =>
        await settings.FindAsync(tenant, WebhookSettings.Name, WebhookJson.Default.WebhookSettings, cancellationToken).ConfigureAwait(false) ?? WebhookSettings.None;

    /// <summary>A tenant's webhooks as they are now.</summary>
    public async ValueTask<WebhookSettings> ReadAsync(string tenant, CancellationToken cancellationToken) =>
        (await ReadVersionAsync(tenant, cancellationToken).ConfigureAwait(false)).Settings;

    /// <summary>The tenants that have webhooks, or had some.</summary>
    public ValueTask<ImmutableArray<string>> FindTenantsAsync(CancellationToken cancellationToken) => settings.FindTenantsAsync(WebhookSettings.Name, cancellationToken);

    /// <summary>Changes a tenant's webhooks; what others have changed in between is changed anew.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="by">Who changes them.</param>
    /// <param name="change">Makes the new ones of the present ones; null leaves them.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether they were changed.</returns>
    public ValueTask<bool> ChangeAsync(
        string tenant, TechnicianReference by, Func<WebhookSettings, WebhookSettings?> change, CancellationToken cancellationToken) =>
        ChangeAsync(tenant, by, change, settings.SaveAsync, cancellationToken);

    /// <summary>
    /// Seals a tenant's secrets that a former key has sealed under the current one. Webhooks outlive every session, so that the former could not be taken out
    /// otherwise. Those that cannot be opened are told of.
    /// </summary>
    public async ValueTask SealAnewAsync(string tenant, CancellationToken cancellationToken) =>
        // Nobody has set anything, so the log says nothing of it.
        await ChangeAsync(tenant, SettingNames.Library, present => SealAnew(tenant, present), settings.WriteAsync, cancellationToken).ConfigureAwait(false);

    public StoredSecret Seal(WebhookSecret secret, Guid webhook) => new(secrets.Keys.Seal(secret.Bytes, webhook), null);

    /// <summary>The secrets under which a message is signed now, the present one first. A former one that cannot be opened is left out.</summary>
    /// <exception cref="CryptographicException">The key that sealed the present one is missing.</exception>
    public ImmutableArray<WebhookSecret> SecretsOf(string tenant, StoredWebhook webhook)
    {
        var open = ImmutableArray.CreateBuilder<WebhookSecret>();
        foreach (var secret in webhook.Secrets.Where(IsInForce))
        {
            if (TryOpen(tenant, webhook, secret, out var failure) is { } plain)
                open.Add(WebhookSecret.FromBytes(plain));
            else if (secret.Until is null)
                throw failure!;
        }

        return open.ToImmutable();
    }

    // Null when there is nothing to be sealed.
    private WebhookSettings? SealAnew(string tenant, WebhookSettings present)
    {
        var isChanged = false;
        var anew = new WebhookSettings([.. present.Webhooks.Select(webhook => webhook with { Secrets = [.. webhook.Secrets.Select(secret => Anew(webhook, secret))] })]);
        return isChanged ? anew : null;

        StoredSecret Anew(StoredWebhook webhook, StoredSecret secret)
        {
            // What is over goes with the next rotation.
            if (!IsInForce(secret) || TryOpen(tenant, webhook, secret, out _) is not { } plain || secrets.Keys.IsCurrent(secret.Sealed))
                return secret;
            isChanged = true;
            return secret with { Sealed = secrets.Keys.Seal(plain, webhook.Id) };
        }
    }

    private bool IsInForce(StoredSecret secret) => secret.Until is null || secret.Until > time.GetUtcNow();

    private byte[]? TryOpen(string tenant, StoredWebhook webhook, StoredSecret secret, out CryptographicException? failure)
    {
        try
        {
            failure = null;
            return secrets.Keys.Open(secret.Sealed, webhook.Id);
        }
        catch (CryptographicException unopenable)
        {
            failure = unopenable;
            if (unopened.TryAdd(webhook.Id, true))
                telemetry.WebhookUnopened(webhook.Name, tenant, unopenable);
            return null;
        }
    }

    private async ValueTask<bool> ChangeAsync(
        string tenant,
        TechnicianReference by,
        Func<WebhookSettings, WebhookSettings?> change,
        Func<SettingChange, CancellationToken, ValueTask<SettingSaveResult>> save,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            var (present, version) = await ReadVersionAsync(tenant, cancellationToken).ConfigureAwait(false);
            if (change(present) is not { } changed)
                return false;
            var saved = await save(
                new()
                {
                    Tenant = tenant, Name = WebhookSettings.Name, Value = JsonSerializer.Serialize(changed, WebhookJson.Default.WebhookSettings),
                    By = by, At = time.GetUtcNow(), BasedOn = version,
                },
                cancellationToken).ConfigureAwait(false);
            if (saved.Saved)
                return true;
        }
    }

    private async ValueTask<(WebhookSettings Settings, long Version)> ReadVersionAsync(string tenant, CancellationToken cancellationToken) =>
        await settings.ReadHistoryAsync(tenant, WebhookSettings.Name, 1, cancellationToken).ConfigureAwait(false) is [var latest]
            ? (latest.Value is { } json ? JsonSerializer.Deserialize(json, WebhookJson.Default.WebhookSettings)! : WebhookSettings.None, latest.Version)
            : (WebhookSettings.None, 0);
}

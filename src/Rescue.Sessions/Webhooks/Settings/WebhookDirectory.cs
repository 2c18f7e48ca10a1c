using System.Collections.Immutable;
using System.Text.Json;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Settings;

namespace Rescue.Sessions.Webhooks.Settings;

/// <summary>The webhooks of each tenant and their secrets. Thread-safe.</summary>
internal sealed class WebhookDirectory(TenantSettings settings, SessionSecrets secrets, TimeProvider time)
{
    /// <summary>A tenant's webhooks as they were within the last second.</summary>
    public async ValueTask<WebhookSettings> FindAsync(string tenant, CancellationToken cancellationToken) =>
        await settings.FindAsync(tenant, WebhookSettings.Name, WebhookJson.Default.WebhookSettings, cancellationToken).ConfigureAwait(false) ?? WebhookSettings.None;

    /// <summary>A tenant's webhooks as they are now.</summary>
    public async ValueTask<WebhookSettings> ReadAsync(string tenant, CancellationToken cancellationToken) =>
        (await ReadVersionAsync(tenant, cancellationToken).ConfigureAwait(false)).Settings;

    /// <summary>Changes a tenant's webhooks; what others have changed in between is changed anew.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="by">Who changes them.</param>
    /// <param name="change">Makes the new ones of the present ones; null leaves them.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether they were changed.</returns>
    public async ValueTask<bool> ChangeAsync(
        string tenant, TechnicianReference by, Func<WebhookSettings, WebhookSettings?> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (present, version) = await ReadVersionAsync(tenant, cancellationToken).ConfigureAwait(false);
            if (change(present) is not { } changed)
                return false;
            var save = await settings.SaveAsync(
                new()
                {
                    Tenant = tenant, Name = WebhookSettings.Name, Value = JsonSerializer.Serialize(changed, WebhookJson.Default.WebhookSettings),
                    By = by, At = time.GetUtcNow(), BasedOn = version,
                },
                cancellationToken).ConfigureAwait(false);
            if (save.Saved)
                return true;
        }
    }

    public StoredSecret Seal(WebhookSecret secret, Guid webhook) => new(secrets.Keys.Seal(secret.Bytes, webhook), null);

    /// <summary>The secrets under which a message is signed now, the present one first.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The key that sealed one is missing.</exception>
    public ImmutableArray<WebhookSecret> SecretsOf(StoredWebhook webhook)
    {
        var now = time.GetUtcNow();
        return
        [
            .. webhook.Secrets.Where(secret => secret.Until is null || secret.Until > now)
                .Select(secret => WebhookSecret.FromBytes(secrets.Keys.Open(secret.Sealed, webhook.Id))),
        ];
    }

    private async ValueTask<(WebhookSettings Settings, long Version)> ReadVersionAsync(string tenant, CancellationToken cancellationToken) =>
        await settings.ReadHistoryAsync(tenant, WebhookSettings.Name, 1, cancellationToken).ConfigureAwait(false) is [var latest]
            ? (latest.Value is { } json ? JsonSerializer.Deserialize(json, WebhookJson.Default.WebhookSettings)! : WebhookSettings.None, latest.Version)
            : (WebhookSettings.None, 0);
}

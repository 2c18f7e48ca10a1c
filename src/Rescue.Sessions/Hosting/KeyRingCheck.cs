using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Settings;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Hosting;

/// <summary>
/// Keeps a host from starting with keys that are not those of its durable store: every PIN and every link would be taken for a wrong one. The ids of
/// the keys in use, which tell nothing about them, are a document of no tenant. A ring that has one of them is right, so that keys can be rotated.
/// </summary>
internal sealed class KeyRingCheck(
    ISessionStore sessions, ISettingsStore settings, SessionSecrets secrets, TimeProvider time, SessionTelemetry telemetry) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!sessions.IsDurable)
            return;
        string[] ring = [.. secrets.Keys.Ids.Select(id => id.ToString("x8", CultureInfo.InvariantCulture))];
        while (!await IsNotedAsync(ring, cancellationToken).ConfigureAwait(false))
        {
            // Another node has noted its keys in between.
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<bool> IsNotedAsync(string[] ring, CancellationToken cancellationToken)
    {
        var history = await settings.ReadHistoryAsync(SettingNames.NoTenant, SettingNames.CodeKeys, 1, cancellationToken).ConfigureAwait(false);
        var latest = history.IsEmpty ? null : history[0];
        string[] known = latest?.Value is { } value ? JsonSerializer.Deserialize(value, SettingsJson.Default.StringArray)! : [];
        if (known.Length > 0 && !known.Intersect(ring).Any())
        {
            throw new InvalidOperationException(
                $"Codes.Keys has none of the keys ({string.Join(", ", known)}) with which the store was written: every PIN and every link would be taken for a wrong one. "
                + "Put the former key back, behind the new one if keys are being rotated. "
                + $"If it is lost, so are the codes that are out: delete the setting '{SettingNames.CodeKeys}' of the tenant '' from the store.");
        }

        if (known.ToHashSet().SetEquals(ring))
            return true;
        var saved = await settings.SaveAsync(
            new()
            {
                Tenant = SettingNames.NoTenant, Name = SettingNames.CodeKeys, Value = JsonSerializer.Serialize(ring, SettingsJson.Default.StringArray),
                By = SettingNames.Library, At = time.GetUtcNow(), BasedOn = latest?.Version ?? 0,
            },
            cancellationToken).ConfigureAwait(false);
        if (!saved.Saved)
            return false;
        foreach (var gone in known.Except(ring))
            telemetry.KeyRemoved(gone);
        return true;
    }
}

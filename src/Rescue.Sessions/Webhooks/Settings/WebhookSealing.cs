using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Webhooks.Settings;

/// <summary>
/// Looks through the secrets of all webhooks once, beside what else begins: those of a former key are sealed under the current one, and those whose key is gone are
/// told of. Once for each start and no more, so that nodes on both sides of a rotation do not go on undoing what the others have done.
/// </summary>
internal sealed class WebhookSealing(WebhookDirectory directory, TimeProvider time, SessionTelemetry telemetry) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!await LookThroughAsync(stoppingToken).ConfigureAwait(false))
            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(false);
    }

    private async Task<bool> LookThroughAsync(CancellationToken stopping)
    {
        try
        {
            foreach (var tenant in await directory.FindTenantsAsync(stopping).ConfigureAwait(false))
            {
                try
                {
                    await directory.SealAnewAsync(tenant, stopping).ConfigureAwait(false);
                }
                catch (JsonException damaged)
                {
                    // One tenant's document is no reason to leave out the others, and stays as it is.
                    telemetry.WebhooksDamaged(tenant, damaged);
                }
            }

            return true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            telemetry.WebhooksNotSealed(failure);
            return false;
        }
    }
}

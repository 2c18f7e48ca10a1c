using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Health;

/// <summary>Whether a stored message waits for longer than it should. Requests are answered all the same, so that it is no reason to send them elsewhere.</summary>
internal sealed class OutboxHealthCheck(IOutboxStore store, StorePatience patience, IOptions<HealthOptions> options, TimeProvider time) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        DateTimeOffset? oldest;
        try
        {
            oldest = await patience.AskAsync(waiting => store.FindOldestMessageAsync(waiting), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Degraded("What waits to be sent is not known: the store is out of reach.", failure);
        }

        if (oldest is not { } since)
            return HealthCheckResult.Healthy("Nothing waits to be sent.");
        var age = time.GetUtcNow() - since;
        var data = new Dictionary<string, object> { ["oldestSeconds"] = Math.Max(0, Math.Round(age.TotalSeconds)) };
        return age <= options.Value.OldestMessage
            ? HealthCheckResult.Healthy("What was stored is being sent.", data)
            : HealthCheckResult.Degraded(
                $"A stored message has waited for {age.TotalMinutes:0} min to be sent. Look at the state of the mail server and, in the log, at why sending is put off.", data: data);
    }
}

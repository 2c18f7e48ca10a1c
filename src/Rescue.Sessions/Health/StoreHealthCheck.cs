using Microsoft.Extensions.Diagnostics.HealthChecks;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Health;

/// <summary>Whether the store answers, and soon enough. Without it nothing works, so that a node which cannot reach it should get no requests.</summary>
internal sealed class StoreHealthCheck(IEventStore store, StorePatience patience) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await patience.AskAsync(waiting => store.ReadLatestSequenceAsync(waiting), cancellationToken).ConfigureAwait(false);
            return HealthCheckResult.Healthy("The store answers.");
        }
        catch (TimeoutException)
        {
            return HealthCheckResult.Unhealthy($"{patience.Late} Look whether the database is overloaded, locked, or slow to reach from this machine.");
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // What a driver says may name hosts and users, so it goes to the log alone.
            return HealthCheckResult.Unhealthy(
                "The store is out of reach. Look whether the database runs, and whether this machine can reach it; the log has the error.", failure);
        }
    }
}

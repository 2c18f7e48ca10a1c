using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Health;

/// <summary>Whether the store answers, and soon enough. Without it nothing works, so that a node which cannot reach it should get no requests.</summary>
internal sealed class StoreHealthCheck(IEventStore store, IOptions<HealthOptions> options, TimeProvider time) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var patience = options.Value.StoreAnswer;
        using var late = new CancellationTokenSource(patience, time);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            await store.ReadLatestSequenceAsync(waiting.Token).AsTask().WaitAsync(waiting.Token).ConfigureAwait(false);
            return HealthCheckResult.Healthy("The store answers.");
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy(
                $"The store has not answered for {patience.TotalSeconds:0.#} s. Look whether the database is overloaded, locked, or slow to reach from this machine.");
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // What a driver says may name hosts and users, so it goes to the log alone.
            return HealthCheckResult.Unhealthy(
                "The store is out of reach. Look whether the database runs, and whether this machine can reach it; the log has the error.", failure);
        }
    }
}

using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Limits;

namespace Rescue.Sessions.Asking;

/// <summary>Counts requests per address, per tenant and overall, for all nodes together. Thread-safe.</summary>
internal sealed class RequestBudget(ILimitStore store, IOptionsMonitor<IAskingOptions> options, TimeProvider time)
{
    /// <summary>Takes one from all three budgets before the session is made.</summary>
    /// <returns>Null when it was taken; otherwise after how long to try again.</returns>
    public ValueTask<TimeSpan?> TryTakeAsync(NewCustomerRequest request, CancellationToken cancellationToken) =>
        store.TryTakeAsync(LimitsOf(request), time.GetUtcNow(), cancellationToken);

    /// <summary>Gives it back: the request was a repeat, or could not be stored. Not to be cancelled, for it was taken.</summary>
    public ValueTask ReturnAsync(NewCustomerRequest request) => store.ReturnAsync(LimitsOf(request), time.GetUtcNow(), CancellationToken.None);

    private ImmutableArray<Limit> LimitsOf(NewCustomerRequest request)
    {
        var limits = options.CurrentValue.RequestLimits;
        return
        [
            new(Limit.KeyOf("request.address", ClientNetwork.Of(request.Address)), limits.PerAddress, limits.Window),
            new(Limit.KeyOf("request.tenant", request.Tenant), limits.PerTenant, limits.Window),
            new("request", limits.Overall, limits.Window),
        ];
    }
}

using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Limits;

namespace Rescue.Sessions.Guessing;

/// <summary>
/// Counts wrong PINs per address, per tenant and overall, for all nodes together. PINs of each length have a budget of their own, so that
/// longer PINs go on working when guesses have spent the budget of the usual length. Thread-safe.
/// </summary>
internal sealed class GuessBudget(ILimitStore store, IOptionsMonitor<IGuessOptions> options, TimeProvider time)
{
    /// <summary>Takes a guess from all three budgets before the PIN is looked at, so that parallel guesses cannot overdraw. Not to be cancelled: nobody would know whether it was taken.</summary>
    /// <returns>Null when it was taken; otherwise after how long to try again.</returns>
    public ValueTask<TimeSpan?> TryTakeAsync(PinAttempt attempt) => store.TryTakeAsync(LimitsOf(attempt), time.GetUtcNow(), CancellationToken.None);

    /// <summary>Gives the guess back: it was right. Not to be cancelled, for it was taken.</summary>
    public ValueTask ReturnAsync(PinAttempt attempt) => store.ReturnAsync(LimitsOf(attempt), time.GetUtcNow(), CancellationToken.None);

    private ImmutableArray<Limit> LimitsOf(PinAttempt attempt)
    {
        var limits = options.CurrentValue.Guessing;
        var length = attempt.Pin.Digits.Length;
        return
        [
            new(Limit.KeyOf($"pin{length}.address", ClientNetwork.Of(attempt.Address)), limits.PerAddress, limits.Window),
            new(Limit.KeyOf($"pin{length}.tenant", attempt.Tenant), limits.PerTenant, limits.Window),
            new($"pin{length}", limits.Overall, limits.Window),
        ];
    }
}

using System.Collections.Immutable;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Guessing;

/// <summary>Looks at typed PINs within the limits on wrong ones: the same work and the same answer whatever a PIN once was. Thread-safe.</summary>
internal sealed class TypedPins(SessionSecrets secrets, GuessBudget budget, TriedCodes tried, SessionTelemetry telemetry)
{
    /// <summary>Looks at one, to the end: a guess that was taken is not given back to whoever hangs up before the answer, nor kept from one whose PIN was right.</summary>
    /// <param name="attempt">The PIN, and whose it is.</param>
    /// <param name="look">Looks it up; it must not end with the request.</param>
    /// <param name="cancellationToken">Ends it before anything is taken.</param>
    /// <returns>The refusal, when too many were wrong; else what was found, or nothing.</returns>
    public async ValueTask<(Refusal.TooMany? Refusal, TFound? Found)> TryAsync<TFound>(
        PinAttempt attempt, Func<ImmutableArray<KeyedHash>, ValueTask<TFound?>> look, CancellationToken cancellationToken)
        where TFound : class
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (await budget.TryTakeAsync(attempt).ConfigureAwait(false) is { } retryAfter)
        {
            telemetry.GuessesSpent();
            return (new(LimitedAction.TypePin, retryAfter), null);
        }

        var pin = secrets.Keys.Hash(attempt.Pin);
        if (await JudgeAsync(attempt, () => look(pin)).ConfigureAwait(false) is { } found)
        {
            await budget.ReturnAsync(attempt).ConfigureAwait(false);
            return (null, found);
        }

        // Whichever page or program it was typed into.
        telemetry.PinRefused();
        tried.Note(SessionSelector.ByPin(pin));
        return (null, null);
    }

    // A PIN that the store could not look at was not wrong: the guess is given back.
    private async ValueTask<TResult> JudgeAsync<TResult>(PinAttempt attempt, Func<ValueTask<TResult>> look)
    {
        try
        {
            return await look().ConfigureAwait(false);
        }
        catch
        {
            await budget.ReturnAsync(attempt).ConfigureAwait(false);
            throw;
        }
    }
}

using Microsoft.Extensions.Options;

namespace Rescue.Sessions.Health;

/// <summary>How long the checks wait for the store. A report is there when the last of them is, and whoever asks for it does not wait for ever either. Thread-safe.</summary>
internal sealed class StorePatience(IOptions<HealthOptions> options, TimeProvider time)
{
    /// <summary>What is told of a store that has not answered.</summary>
    public string Late => $"The store has not answered for {options.Value.StoreAnswer.TotalSeconds:0.#} s.";

    /// <summary>Asks the store; one that does not heed the token is left alone with the question.</summary>
    /// <exception cref="TimeoutException">It has not answered.</exception>
    public async Task<TAnswer> AskAsync<TAnswer>(Func<CancellationToken, ValueTask<TAnswer>> question, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(options.Value.StoreAnswer, time);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await question(waiting.Token).AsTask().WaitAsync(waiting.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(Late);
        }
    }
}

using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Applets;

/// <summary>Notes signs of life, all that come within a quarter of a second in one step where they come often. Thread-safe.</summary>
/// <param name="store">Where they are noted.</param>
/// <param name="time">When they have come.</param>
/// <param name="pace">How long what comes often waits for more; null for the usual.</param>
internal sealed class SignsOfLife(ISessionStore store, TimeProvider time, Pace? pace = null)
{
    // What a store reads and writes in one statement.
    private const int MostInAGroup = 512;

    // One at a time cost nobody anything up to here.
    private const int Frequent = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly GroupedCalls<SignOfLife, StoredSession?> calls =
        new(signs => store.TouchAsync(signs, time.GetUtcNow(), CancellationToken.None), MostInAGroup, pace ?? new(Frequent, Pause));

    /// <inheritdoc cref="ISessionStore.TouchAsync"/>
    public Task<StoredSession?> NoteAsync(SignOfLife sign, CancellationToken cancellationToken) => calls.AskAsync(sign).WaitAsync(cancellationToken);
}

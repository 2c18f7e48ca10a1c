namespace Rescue.Sessions.Stores;

/// <summary>Reads what has happened to sessions, in the order in which it was stored.</summary>
/// <inheritdoc cref="ISessionStore" path="/remarks"/>
public interface IEventStore
{
    /// <summary>Reads events in order.</summary>
    ValueTask<SessionEventPage> ReadEventsAsync(SessionEventQuery query, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads events in order, each with its session, in one look at the store: a session is never older than its event. An event that cannot be read is
    /// left out.
    /// </summary>
    ValueTask<SessionFeedPage> ReadFeedAsync(SessionEventQuery query, CancellationToken cancellationToken = default);

    /// <summary>Where a reader begins who wants only what comes: no event that readers see later has this sequence or a lower one.</summary>
    ValueTask<long> ReadLatestSequenceAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Completes when there may be events after a sequence, at once when this process has written some. It may complete without any. A process has one
    /// caller that waits, whatever number of listeners it has.
    /// </summary>
    Task WaitForEventsAsync(long after, CancellationToken cancellationToken = default);
}

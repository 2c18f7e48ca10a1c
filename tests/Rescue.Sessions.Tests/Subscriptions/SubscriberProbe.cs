using System.Collections.Concurrent;
using Rescue.Sessions.Feed;
using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.Tests.Subscriptions;

/// <summary>What the handlers of a test do, and what they have done.</summary>
internal sealed class SubscriberProbe
{
    private readonly ConcurrentQueue<SessionEvent> tried = [];
    private readonly ConcurrentQueue<SessionEvent> handled = [];

    /// <summary>Told of each attempt; an exception is the handler's.</summary>
    public Func<SessionUpdate, CancellationToken, Task> Script { get; set; } = (_, _) => Task.CompletedTask;

    public IReadOnlyCollection<SessionEvent> Tried => tried;

    public IReadOnlyCollection<SessionEvent> Handled => handled;

    public IEnumerable<long> Sequences => handled.Select(happened => happened.Sequence);

    public async Task HandleAsync(SessionUpdate update, CancellationToken cancellationToken)
    {
        tried.Enqueue(update.Event);
        await Script(update, cancellationToken);
        handled.Enqueue(update.Event);
    }
}

using System.Collections.Immutable;
using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.Stores;

/// <summary>The latest events of all sessions, in order. Its owner's lock guards it.</summary>
internal sealed class InMemoryEventLog
{
    // A stream that was away for longer reads the sessions anew.
    private const int Capacity = 100_000;

    // An erased event leaves its place empty, for places are counted.
    private Queue<SessionEvent?> latest = new();
    private TaskCompletionSource arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long Latest { get; private set; }

    public SessionEvent Append(SessionEvent happened)
    {
        happened = happened with { Sequence = ++Latest };
        latest.Enqueue(happened);
        if (latest.Count > Capacity)
            latest.Dequeue();
        arrival.TrySetResult();
        return happened;
    }

    public Task WaitAsync(long after, CancellationToken cancellationToken)
    {
        if (Latest > after)
            return Task.CompletedTask;
        if (arrival.Task.IsCompleted)
            arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return arrival.Task.WaitAsync(cancellationToken);
    }

    public SessionEventPage Read(SessionEventQuery query)
    {
        // Sequences have no gaps, so the events already seen can be counted off from the front.
        var seen = (int)Math.Clamp(query.After - (Latest - latest.Count), 0, latest.Count);
        return Page(latest.Skip(seen).OfType<SessionEvent>(), query, Latest);
    }

    public void Erase(HashSet<SessionId> sessions) =>
        latest = new(latest.Select(happened => happened is not null && sessions.Contains(happened.Session) ? null : happened));

    public static SessionEventPage Page(IEnumerable<SessionEvent> source, SessionEventQuery query, long end)
    {
        var page = ImmutableArray.CreateBuilder<SessionEvent>();
        foreach (var happened in source)
        {
            if (happened.Sequence <= query.After || (query.Tenant is not null && happened.Tenant != query.Tenant))
                continue;
            if (page.Count == query.Limit)
                return new(page.ToImmutable(), page[^1].Sequence);
            page.Add(happened);
        }

        return new(page.ToImmutable(), Math.Max(end, query.After));
    }
}

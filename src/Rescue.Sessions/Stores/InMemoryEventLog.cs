using System.Collections.Immutable;
using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.Stores;

/// <summary>The latest events of all sessions, in order. Its owner's lock guards it.</summary>
internal sealed class InMemoryEventLog
{
    // A stream that was away for longer reads the sessions anew.
    private const int Capacity = 100_000;

    // An event's place follows from its sequence, so that a reader finds where to go on without counting. An erased one leaves its place empty.
    private readonly List<SessionEvent?> latest = [];
    private TaskCompletionSource arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long Latest { get; private set; }

    private long Oldest => Latest - latest.Count + 1;

    public SessionEvent Append(SessionEvent happened)
    {
        happened = happened with { Sequence = ++Latest };
        if (latest.Count < Capacity)
            latest.Add(happened);
        else
            latest[PlaceOf(Latest)] = happened;
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

    /// <summary>Reads on, over so many events at most.</summary>
    public SessionEventPage Read(SessionEventQuery query, int scan)
    {
        var page = ImmutableArray.CreateBuilder<SessionEvent>();
        var end = Math.Max(Math.Min(Latest, query.UpTo), query.After);
        var first = Math.Max(query.After + 1, Oldest);
        for (var sequence = first; sequence <= end; sequence++)
        {
            if (page.Count == query.Limit || sequence - first == scan)
                return new(page.ToImmutable(), sequence - 1);
            if (latest[PlaceOf(sequence)] is { } happened && (query.Tenant is null || happened.Tenant == query.Tenant))
                page.Add(happened);
        }

        return new(page.ToImmutable(), end);
    }

    /// <summary>Reads on in one session's history.</summary>
    public SessionEventPage Page(ImmutableArray<SessionEvent> history, SessionEventQuery query)
    {
        var page = ImmutableArray.CreateBuilder<SessionEvent>();
        foreach (var happened in history)
        {
            if (happened.Sequence <= query.After || happened.Sequence > query.UpTo || (query.Tenant is not null && happened.Tenant != query.Tenant))
                continue;
            if (page.Count == query.Limit)
                return new(page.ToImmutable(), page[^1].Sequence);
            page.Add(happened);
        }

        return new(page.ToImmutable(), Math.Max(Math.Min(Latest, query.UpTo), query.After));
    }

    public void Erase(ImmutableArray<SessionEvent> history)
    {
        foreach (var happened in history)
        {
            if (happened.Sequence >= Oldest)
                latest[PlaceOf(happened.Sequence)] = null;
        }
    }

    private static int PlaceOf(long sequence) => (int)((sequence - 1) % Capacity);
}

using System.Collections.Immutable;
using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.Stores;

/// <summary>What time does to sessions: which are due, which fall silent, which ended long ago. Its owner's lock guards it.</summary>
/// <param name="isPresent">Whether a session has not been erased.</param>
internal sealed class InMemorySchedule(Func<InMemorySession, bool> isPresent)
{
    private const int FewQueued = 1_000;

    private readonly PriorityQueue<InMemorySession, long> deadlines = new();
    private readonly PriorityQueue<InMemorySession, long> alarms = new();
    private readonly PriorityQueue<InMemorySession, long> ended = new();
    private readonly HashSet<InMemorySession> listened = [];

    public void Add(InMemorySession entry)
    {
        if (entry.Stored.Session.Deadline is { } deadline)
            deadlines.Enqueue(entry, deadline.At.UtcTicks);
        if (entry.Stored.Session.Alarm is { } alarm)
            alarms.Enqueue(entry, alarm.At.UtcTicks);
    }

    /// <summary>Takes note of what a change has made of a session.</summary>
    public void Move(InMemorySession entry, Session before)
    {
        var session = entry.Stored.Session;
        if (session.Status is SessionStatus.Waiting or SessionStatus.Active or SessionStatus.Transferring)
            listened.Add(entry);
        else
            listened.Remove(entry);
        if (session.Deadline != before.Deadline || session.Alarm != before.Alarm)
            Add(entry);
        if (session.Status == SessionStatus.Closed && before.Status != SessionStatus.Closed)
            ended.Enqueue(entry, session.StatusSince.UtcTicks);
    }

    public ImmutableArray<Session> FindOverdue(DateTimeOffset now, int limit) => Due(deadlines, session => session.Deadline?.At, now, limit);

    public ImmutableArray<Session> FindAlarms(DateTimeOffset now, int limit) => Due(alarms, session => session.Alarm?.At, now, limit);

    public ImmutableArray<Session> FindSilent(DateTimeOffset now, int limit) =>
    [
        .. listened.Select(entry => entry.Stored.Session)
            .Where(session => session.LastSeenAt + session.Timeouts.Silence <= now)
            .OrderBy(session => session.LastSeenAt)
            .Take(limit),
    ];

    public List<InMemorySession> TakeEnded(DateTimeOffset before, int limit)
    {
        var found = new List<InMemorySession>();
        while (found.Count < limit && ended.TryPeek(out var entry, out var at) && at < before.UtcTicks)
        {
            ended.Dequeue();
            // Its tenant may have had it erased before.
            if (isPresent(entry))
                found.Add(entry);
        }

        return found;
    }

    /// <summary>A queue is not searched when a session leaves it; once half of it is of the past it is made anew.</summary>
    /// <param name="present">How many sessions there are.</param>
    public void ForgetErased(int present)
    {
        ForgetErased(deadlines, session => session.Deadline?.At, present);
        ForgetErased(alarms, session => session.Alarm?.At, present);
        ForgetErased(ended, session => session.StatusSince, present);
    }

    private void ForgetErased(PriorityQueue<InMemorySession, long> queue, Func<Session, DateTimeOffset?> dueAt, int present)
    {
        if (queue.Count <= (2 * present) + FewQueued)
            return;
        var kept = queue.UnorderedItems
            .Where(item => isPresent(item.Element) && dueAt(item.Element.Stored.Session)?.UtcTicks == item.Priority).Distinct().ToArray();
        queue.Clear();
        queue.EnqueueRange(kept);
        queue.TrimExcess();
    }

    private static ImmutableArray<Session> Due(
        PriorityQueue<InMemorySession, long> queue, Func<Session, DateTimeOffset?> dueAt, DateTimeOffset now, int limit)
    {
        var due = new List<(InMemorySession Entry, long At)>();
        while (due.Count < limit && queue.TryPeek(out var entry, out var at) && at <= now.UtcTicks)
        {
            queue.Dequeue();
            // The queue is not searched when a time changes; what it says is checked here.
            if (dueAt(entry.Stored.Session)?.UtcTicks == at && !due.Contains((entry, at)))
                due.Add((entry, at));
        }

        // A caller that fails must find them again.
        foreach (var (entry, at) in due)
            queue.Enqueue(entry, at);
        return [.. due.Select(found => found.Entry.Stored.Session)];
    }
}

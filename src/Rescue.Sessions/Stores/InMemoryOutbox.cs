using System.Collections.Immutable;

namespace Rescue.Sessions.Stores;

/// <summary>Messages that are not finished with. Its owner's lock guards it.</summary>
internal sealed class InMemoryOutbox
{
    private readonly Dictionary<Guid, Entry> entries = [];
    private readonly PriorityQueue<Entry, (DateTimeOffset Due, long Order)> due = new();
    private readonly Dictionary<SessionId, Queue<Entry>> bySession = [];
    private long order;
    private DateTimeOffset latest;

    public void Add(ImmutableArray<OutboxMessage> messages)
    {
        foreach (var message in messages)
        {
            var entry = new Entry(message, ++order);
            entries.Add(message.Id, entry);
            if (!bySession.TryGetValue(message.Session, out var queue))
                bySession[message.Session] = queue = new();
            queue.Enqueue(entry);
            if (queue.Count == 1)
                Place(entry, message.DueAt);
        }
    }

    public ImmutableArray<OutboxClaim> Claim(DateTimeOffset now, DateTimeOffset leaseUntil, int limit, DateTimeOffset? horizon)
    {
        if (now < latest && horizon is { } furthest)
            Recall(now, furthest);
        latest = now;
        var claims = ImmutableArray.CreateBuilder<OutboxClaim>();
        while (claims.Count < limit && due.TryPeek(out var entry, out var at) && at.Due <= now)
        {
            due.Dequeue();
            // It was finished with, or has another place by now.
            if (!entries.ContainsKey(entry.Message.Id) || entry.PlacedAt != at.Due)
                continue;
            entry.PlacedAt = null;
            if (entry.AvailableAt > now)
            {
                Place(entry, entry.AvailableAt);
                continue;
            }

            if (entry.Begun)
                entry.MarkUncertain();
            var claim = new OutboxClaim(entry.Message, ++entry.Fence, entry.Attempts, entry.Uncertain, leaseUntil);
            entry.AvailableAt = leaseUntil;
            Place(entry, leaseUntil);
            claims.Add(claim);
        }

        return claims.ToImmutable();
    }

    public OutboxBegin Begin(OutboxClaim claim, DateTimeOffset now, bool codeIsLive)
    {
        if (Held(claim) is not { } entry || entry.AvailableAt <= now)
            return OutboxBegin.LeaseLost;
        if (!codeIsLive)
        {
            Remove(entry);
            return OutboxBegin.Cancelled;
        }

        if (!entry.Begun)
            entry.Attempts++;
        entry.Begun = true;
        return OutboxBegin.Begun;
    }

    public bool Renew(OutboxClaim claim, DateTimeOffset leaseUntil)
    {
        if (Held(claim) is not { } entry)
            return false;
        // A lease that is given up is due before its place in the queue.
        if (leaseUntil < entry.AvailableAt)
            Place(entry, leaseUntil);
        entry.AvailableAt = leaseUntil;
        return true;
    }

    public bool Complete(OutboxResult result)
    {
        if (Held(result.Claim) is not { } entry)
            return false;
        if (result.RetryAt is { } retryAt)
        {
            entry.Fence++;
            entry.Begun = false;
            if (result.ResultUnknown)
                entry.MarkUncertain();
            if (result.IsHeld)
                entry.Attempts--;
            entry.AvailableAt = retryAt;
            Place(entry, retryAt);
        }
        else
        {
            Remove(entry);
        }

        return true;
    }

    public DateTimeOffset? Oldest() => entries.Count == 0 ? null : entries.Values.Min(entry => entry.Message.DueAt);

    public void Erase(SessionId session)
    {
        if (!bySession.Remove(session, out var queue))
            return;
        foreach (var entry in queue)
            entries.Remove(entry.Message.Id);
    }

    // The clock was set back: what it had put off too far is due.
    private void Recall(DateTimeOffset now, DateTimeOffset horizon)
    {
        foreach (var entry in bySession.Values.Select(queue => queue.Peek()).Where(entry => entry.AvailableAt > horizon))
        {
            entry.AvailableAt = now;
            Place(entry, now);
        }
    }

    // A message has one place that counts; those before it are passed over when their time comes.
    private void Place(Entry entry, DateTimeOffset at)
    {
        if (entry.PlacedAt == at)
            return;
        entry.PlacedAt = at;
        due.Enqueue(entry, (at, entry.Order));
    }

    private Entry? Held(OutboxClaim claim) =>
        entries.TryGetValue(claim.Message.Id, out var entry) && entry.Fence == claim.Fence ? entry : null;

    private void Remove(Entry entry)
    {
        entries.Remove(entry.Message.Id);
        var queue = bySession[entry.Message.Session];
        queue.Dequeue();
        if (queue.TryPeek(out var next))
            Place(next, next.Message.DueAt);
        else
            bySession.Remove(entry.Message.Session);
    }

    private sealed class Entry(OutboxMessage message, long order)
    {
        public OutboxMessage Message { get; } = message;

        public long Order { get; } = order;

        public long Fence { get; set; }

        public int Attempts { get; set; }

        public bool Begun { get; set; }

        public int Uncertain { get; private set; }

        public DateTimeOffset AvailableAt { get; set; } = message.DueAt;

        /// <summary>The time of its place in the queue; null while it has none.</summary>
        public DateTimeOffset? PlacedAt { get; set; }

        public void MarkUncertain()
        {
            Begun = false;
            Uncertain++;
        }
    }
}

using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Outbox;

/// <summary>One of the ways that messages take: what is being sent by it, what waits for a place, and how quickly it goes. Not for concurrent use.</summary>
internal sealed class OutboxLane
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    // Claimed and not begun: the next are there when those before have been sent.
    private readonly Queue<OutboxClaim> waiting = [];
    private readonly List<Task> sending = [];
    private TimeSpan pace;
    private DateTimeOffset endedAt;
    private DateTimeOffset putOffUntil;

    /// <summary>What is being sent.</summary>
    public IReadOnlyCollection<Task> Sending => sending;

    /// <summary>How many messages wait for a place.</summary>
    public int Waiting => waiting.Count;

    /// <summary>Whether there is nothing to be remembered.</summary>
    public bool IsEmpty => waiting.Count == 0 && sending.Count == 0;

    /// <summary>Lets a message wait for a place.</summary>
    public void Add(OutboxClaim claim) => waiting.Enqueue(claim);

    /// <summary>Forgets what has been sent, and fills the places that are free.</summary>
    public void Fill(int places, DateTimeOffset now, Func<OutboxClaim, Task> send)
    {
        if (sending.Count == 0)
            endedAt = now;
        var ended = sending.RemoveAll(task => task.IsCompleted);
        if (ended > 0)
        {
            pace = (pace + ((now - endedAt) / ended)) / 2;
            endedAt = now;
        }

        while (sending.Count < places && waiting.TryDequeue(out var next))
            sending.Add(send(next));
    }

    /// <summary>When as many messages more may have their turn: the slower the lane is, the later.</summary>
    public DateTimeOffset PutOff(int messages, DateTimeOffset now)
    {
        // A lane that has come to a stand is as slow as its stand is long.
        var slowest = now - endedAt > pace ? now - endedAt : pace;
        putOffUntil = Later(putOffUntil, now + ShortestPause) + (messages * slowest);
        if (putOffUntil > now + LongestPause)
            putOffUntil = now + LongestPause;
        return putOffUntil;
    }

    /// <summary>Takes out what waits.</summary>
    public IEnumerable<OutboxClaim> Clear()
    {
        OutboxClaim[] claims = [.. waiting];
        waiting.Clear();
        return claims;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}

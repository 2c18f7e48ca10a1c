using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Outbox;

/// <summary>One of the ways that messages take: what is being sent by it, what waits for a place, and how quickly it goes. Not for concurrent use.</summary>
internal sealed class OutboxLane
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    // While the store is away, answers of the mail server pile up: no more than are recorded in one statement.
    private const int MostRecording = 64;

    // Claimed and not begun: the next are there when those before have been sent.
    private readonly Queue<OutboxClaim> waiting = [];
    private readonly List<OutboxAttempt> sending = [];
    private readonly List<Task> recording = [];
    private TimeSpan pace;
    private DateTimeOffset endedAt;
    private DateTimeOffset putOffUntil;

    /// <summary>How many messages are being sent.</summary>
    public int Sending => sending.Count;

    /// <summary>What may end next and make room.</summary>
    public IEnumerable<Task> Pending => sending.Select(attempt => attempt.Sent).Concat(recording);

    /// <summary>What is to be recorded before the host stops.</summary>
    public IEnumerable<Task> Unrecorded => sending.Select(attempt => attempt.Recorded).Concat(recording);

    /// <summary>How many messages wait for a place.</summary>
    public int Waiting => waiting.Count;

    /// <summary>Whether there is nothing to be remembered.</summary>
    public bool IsEmpty => waiting.Count == 0 && sending.Count == 0 && recording.Count == 0;

    /// <summary>Lets a message wait for a place.</summary>
    public void Add(OutboxClaim claim) => waiting.Enqueue(claim);

    /// <summary>Forgets what has been sent, and fills the places that are free unless it is to end.</summary>
    public void Fill(int places, DateTimeOffset now, Func<OutboxClaim, OutboxAttempt> send, CancellationToken ending)
    {
        if (sending.Count == 0)
            endedAt = now;
        recording.RemoveAll(task => task.IsCompleted);
        var ended = sending.RemoveAll(HasEnded);
        if (ended > 0)
        {
            pace = (pace + ((now - endedAt) / ended)) / 2;
            endedAt = now;
        }

        while (!ending.IsCancellationRequested && HasPlace(places) && waiting.TryDequeue(out var next))
            sending.Add(send(next));
    }

    /// <summary>Whether another message could be sent at once.</summary>
    public bool HasPlace(int places) => sending.Count < places && recording.Count < MostRecording;

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

    private bool HasEnded(OutboxAttempt attempt)
    {
        if (!attempt.Sent.IsCompleted)
            return false;
        if (!attempt.Recorded.IsCompleted)
            recording.Add(attempt.Recorded);
        return true;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}

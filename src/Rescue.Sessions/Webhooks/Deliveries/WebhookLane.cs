using Rescue.Sessions.Outbox;
using Rescue.Sessions.Webhooks.Transport;

namespace Rescue.Sessions.Webhooks.Deliveries;

/// <summary>What this node has for one receiver, so that a slow one takes nobody else's place, and one that is away is left alone for a while. Thread-safe.</summary>
internal sealed class WebhookLane(int concurrency) : IDisposable
{
    // Claimed and not begun, beside those being sent, so that a fast receiver need not wait for the store.
    private const int Ahead = 4;

    // A receiver that fails now and then is asked all the same.
    private const int Patience = 3;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly SemaphoreSlim places = new(concurrency);
    private int held;
    private int failures;
    private DateTimeOffset pausedUntil;

    /// <summary>How many more messages it takes now.</summary>
    public int Room(DateTimeOffset now)
    {
        lock (gate)
        {
            if (failures < Patience)
                return held <= concurrency * Ahead / 2 ? (concurrency * Ahead) - held : 0;
            return held == 0 && (now >= pausedUntil || pausedUntil > now + LongestPause) ? 1 : 0;
        }
    }

    public bool IsIdle
    {
        get
        {
            lock (gate)
                return held == 0 && failures == 0;
        }
    }

    public void Hold()
    {
        lock (gate)
            held++;
    }

    /// <summary>Waits for a place among those being sent.</summary>
    public Task EnterAsync(CancellationToken cancellationToken) => places.WaitAsync(cancellationToken);

    public void Leave() => places.Release();

    public void Release()
    {
        lock (gate)
            held--;
    }

    public void Dispose() => places.Dispose();

    /// <summary>Notes whether the receiver is there.</summary>
    public void Note(WebhookAnswer answer, DateTimeOffset now)
    {
        lock (gate)
        {
            failures = answer.IsAway ? failures + 1 : 0;
            if (failures >= Patience)
                pausedUntil = now + RetryDelay.After(failures - Patience, LongestPause);
        }
    }
}

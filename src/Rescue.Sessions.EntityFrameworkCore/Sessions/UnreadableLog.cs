using Microsoft.Extensions.Logging;
using Rescue.Sessions.EntityFrameworkCore.Hosting;
using Rescue.Sessions.EntityFrameworkCore.Telemetry;

namespace Rescue.Sessions.EntityFrameworkCore.Sessions;

/// <summary>Tells of each document that cannot be read once, however often it is met. Thread-safe.</summary>
internal sealed class UnreadableLog(ILogger logger)
{
    // Of a database that is damaged altogether, so many say enough.
    private const int Most = 1_000;

    private readonly Lock gate = new();
    private readonly HashSet<SessionId> sessions = [];
    private readonly HashSet<long> events = [];

    public void Session(SessionId id)
    {
        if (IsNew(sessions, id))
            logger.SessionUnreadable(id);
    }

    public void Event(long sequence)
    {
        if (IsNew(events, sequence))
            logger.EventUnreadable(sequence);
    }

    private bool IsNew<TKey>(HashSet<TKey> known, TKey key)
    {
        lock (gate)
            return known.Count < Most && known.Add(key);
    }
}

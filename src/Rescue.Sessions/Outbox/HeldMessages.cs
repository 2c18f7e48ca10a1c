namespace Rescue.Sessions.Outbox;

/// <summary>What the log has been told of messages that wait through no fault of their own, which are tried for as long as their codes are good. Thread-safe.</summary>
internal sealed class HeldMessages(TimeProvider time)
{
    // Longer than between two tries: what was not tried here since waits no more, or another node has sent it.
    private static readonly TimeSpan Memory = TimeSpan.FromDays(1);

    private readonly Lock gate = new();
    private readonly Dictionary<Guid, (string Reason, DateTimeOffset TriedAt)> told = [];
    private DateTimeOffset nextSweep;

    /// <summary>Notes that a message is held.</summary>
    /// <returns>Whether the log is to be told: it has not been, or of another reason.</returns>
    public bool Hold(Guid message, string? reason)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (now >= nextSweep || nextSweep > now + Memory)
            {
                nextSweep = now + Memory;
                foreach (var (old, _) in told.Where(one => (now - one.Value.TriedAt).Duration() >= Memory).ToList())
                    told.Remove(old);
            }

            var isNew = !told.TryGetValue(message, out var known) || known.Reason != (reason ?? "");
            told[message] = (reason ?? "", now);
            return isNew;
        }
    }

    /// <summary>Notes that something else became of it.</summary>
    public void Release(Guid message)
    {
        lock (gate)
            told.Remove(message);
    }
}

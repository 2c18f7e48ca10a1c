using System.Collections.Concurrent;

namespace Rescue.Sessions.Reliability.Hooks;

/// <summary>What one receiver has taken: what it answered with a refusal, or not at all, is none of it. Thread-safe.</summary>
internal sealed class HookLog
{
    private readonly ConcurrentDictionary<long, Taken> taken = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<long>> sessions = new();
    private int repeats;
    private int different;
    private int unsigned;

    /// <summary>How many events it has.</summary>
    public int Count => taken.Count;

    /// <summary>How often it was told what it had been told.</summary>
    public int Repeats => repeats;

    /// <summary>How many repeats had another id or another body.</summary>
    public int Different => different;

    /// <summary>How many had no right signature.</summary>
    public int Unsigned => unsigned;

    public bool Has(long sequence) => taken.ContainsKey(sequence);

    public void Take(long sequence, string session, string id, string body, bool isSigned)
    {
        if (!isSigned)
            Interlocked.Increment(ref unsigned);
        var message = new Taken(id, body);
        if (taken.TryAdd(sequence, message))
        {
            sessions.GetOrAdd(session, _ => []).Enqueue(sequence);
            return;
        }

        Interlocked.Increment(ref repeats);
        if (taken[sequence] != message)
            Interlocked.Increment(ref different);
    }

    /// <summary>How many events came after one that had happened later to the same session.</summary>
    public int CountDisordered()
    {
        var disordered = 0;
        foreach (var session in sessions.Values)
        {
            long last = 0;
            foreach (var sequence in session)
            {
                if (sequence < last)
                    disordered++;
                last = Math.Max(last, sequence);
            }
        }

        return disordered;
    }

    private sealed record Taken(string Id, string Body);
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Rescue.Sessions.Reliability.Nodes;

namespace Rescue.Sessions.Reliability.Load;

/// <summary>How long each step took, and which were not answered as they should be. Thread-safe.</summary>
internal sealed class StepTimes
{
    private readonly ConcurrentDictionary<Step, ConcurrentBag<float>> taken = new();
    private readonly ConcurrentDictionary<(Step Step, HttpStatusCode Status), int> refused = new();

    public int ServerErrors => refused.Where(entry => (int)entry.Key.Status >= 500).Sum(entry => entry.Value);

    public int Refused => refused.Values.Sum();

    /// <summary>Asks, and notes how long it took.</summary>
    /// <exception cref="InvalidOperationException">It was refused or failed.</exception>
    public async Task<NodeAnswer> TakeAsync(Step step, Func<Task<NodeAnswer>> ask)
    {
        var began = Stopwatch.GetTimestamp();
        var answer = await ask();
        Add(step, began);
        Judge(step, answer);
        return answer.Require();
    }

    /// <summary>Counts an answer that should not be.</summary>
    public void Judge(Step step, NodeAnswer answer)
    {
        if (!answer.IsSuccess)
            refused.AddOrUpdate((step, answer.Status), 1, (_, count) => count + 1);
    }

    /// <summary>Notes a step that has just ended.</summary>
    public void Add(Step step, long began) =>
        taken.GetOrAdd(step, _ => []).Add((float)Stopwatch.GetElapsedTime(began).TotalMilliseconds);

    /// <summary>Forgets how long was taken so far, but not what was refused.</summary>
    public void Clear() => taken.Clear();

    /// <summary>In milliseconds; 0 where the step was never taken.</summary>
    public float Percentile(Step step, double share)
    {
        if (!taken.TryGetValue(step, out var bag) || bag.IsEmpty)
            return 0;
        var sorted = bag.ToArray();
        Array.Sort(sorted);
        return sorted[(int)Math.Min(sorted.Length - 1, sorted.Length * share)];
    }

    public void Write(TextWriter output, TimeSpan during)
    {
        foreach (var step in Enum.GetValues<Step>())
        {
            if (!taken.TryGetValue(step, out var bag))
                continue;
            output.WriteLine(
                $"  {step,-9} {bag.Count,8} ({bag.Count / during.TotalSeconds,7:0.0}/s)  p50 {Percentile(step, 0.5),7:0.0} ms  " +
                $"p95 {Percentile(step, 0.95),7:0.0} ms  p99 {Percentile(step, 0.99),7:0.0} ms  worst {Percentile(step, 1),7:0.0} ms");
        }

        foreach (var ((step, status), count) in refused)
            output.WriteLine($"  {step} was answered {(int)status} {count} times");
    }
}

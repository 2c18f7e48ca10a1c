using System.Diagnostics;
using Rescue.Sessions.Benchmarks.Web;

namespace Rescue.Sessions.Benchmarks.Crowds;

/// <summary>The programs of all who wait, each with a connection of its own that it keeps, beating every 15 seconds, evenly spread.</summary>
internal sealed class Heartbeats : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    private readonly RawHttpConnection[] connections;
    private readonly byte[][] requests;
    private long answered;

    private Heartbeats(RawHttpConnection[] connections, byte[][] requests)
    {
        this.connections = connections;
        this.requests = requests;
    }

    /// <summary>How many have been answered well.</summary>
    public long Answered => Interlocked.Read(ref answered);

    public static async Task<Heartbeats> ConnectAsync(CrowdProcess crowd)
    {
        var connections = new RawHttpConnection[crowd.Customers.Count];
        for (var number = 0; number < connections.Length; number++)
        {
            connections[number] = new();
            await connections[number].ConnectAsync(crowd.Port);
        }

        return new(connections, [.. crowd.Customers.Select(customer => RawHttpConnection.Post(customer.Path("heartbeat"), "{}", customer.Key))]);
    }

    /// <summary>Beats for so long.</summary>
    /// <exception cref="InvalidOperationException">One was not answered well.</exception>
    public async Task RunAsync(TimeSpan during)
    {
        var turns = (int)(Interval / Tick);
        var beating = new List<Task>();
        var began = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Tick);
        for (var turn = 0; Stopwatch.GetElapsedTime(began) < during && await timer.WaitForNextTickAsync();)
        {
            // A tick that was late is made up for.
            for (; turn < Stopwatch.GetElapsedTime(began) / Tick; turn++)
            {
                for (var number = turn % turns; number < connections.Length; number += turns)
                    beating.Add(BeatAsync(number));
            }

            foreach (var failed in beating.Where(beat => beat.IsFaulted))
                await failed;
            beating.RemoveAll(beat => beat.IsCompleted);
        }

        await Task.WhenAll(beating);
    }

    public void Dispose()
    {
        foreach (var connection in connections)
            connection.Dispose();
    }

    private async Task BeatAsync(int number)
    {
        await connections[number].SendAsync(requests[number]);
        Interlocked.Increment(ref answered);
    }
}

using System.Diagnostics;
using System.Text.Json;
using Rescue.Sessions.Reliability.Nodes;

namespace Rescue.Sessions.Reliability.Hooks;

/// <summary>Sessions that live their lives at any node, each step repeated until a node has answered it.</summary>
internal sealed class HookLoad(Cluster cluster, RunArguments arguments)
{
    /// <summary>How many events a session leaves: it is made, joined, ready, started, held, resumed and closed.</summary>
    public const int EventsOfASession = 7;

    private const int Desks = 12;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    // Much longer than nodes take to start again.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly string[] Steps = ["start", "hold", "resume", "close"];

    private int done;

    /// <summary>How many sessions have ended.</summary>
    public int Done => Volatile.Read(ref done);

    /// <summary>How many there will be.</summary>
    public int Sessions { get; } = Math.Max(1, arguments.Count / EventsOfASession);

    public Task RunAsync(CancellationToken cancellationToken) => Parallel.ForAsync(
        arguments.First,
        arguments.First + Sessions,
        new ParallelOptions { MaxDegreeOfParallelism = Desks, CancellationToken = cancellationToken },
        async (number, token) =>
        {
            var random = arguments.RandomOf(number);
            var session = MadeSession.Of(await AskAsync(node => node.PostAsync(
                "rescue/sessions", new { customerName = $"Customer {number}" }, SupportDesk.Technician, idempotencyKey: $"life-{number}", cancellationToken: token)));
            var joined = await AskAsync(node => node.JoinAsync(session, $"instance-{number}", token));
            await AskAsync(node => node.ReadyAsync(session, joined.Text("appletKey")!, token));
            foreach (var step in Steps)
                await AskAsync(node => node.PostAsync($"rescue/sessions/{session.Id}/{step}", new { }, SupportDesk.Technician, cancellationToken: token));
            Interlocked.Increment(ref done);

            async Task<NodeAnswer> AskAsync(Func<NodeProcess, Task<NodeAnswer>> ask)
            {
                var asked = Stopwatch.GetTimestamp();
                while (true)
                {
                    if (await TryAsync(ask, cluster[random.Next(Cluster.Size)], token) is { } answer)
                        return answer;
                    if (Stopwatch.GetElapsedTime(asked) > Patience)
                        throw new TimeoutException($"No node has answered a step of customer {number} for {Patience}.");
                    await Task.Delay(Pause, token);
                }
            }
        });

    private static async Task<NodeAnswer?> TryAsync(Func<NodeProcess, Task<NodeAnswer>> ask, NodeProcess node, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await ask(node);
            return answer.IsServerError ? null : answer;
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException or JsonException or ObjectDisposedException
            || (gone is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // Killed while it was asked. Whether the step was done is told by the repeat, which is refused then; both are right.
            return null;
        }
    }
}

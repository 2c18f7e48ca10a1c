using System.Net;
using Rescue.Sessions.Reliability.Nodes;

namespace Rescue.Sessions.Reliability.Clocks;

/// <summary>A session that is made, joined and started at different nodes, each step near the moment from which it is no longer allowed.</summary>
internal sealed class ShortLife(Cluster cluster, ClockTally tally, Random random)
{
    public static readonly TimeSpan Validity = TimeSpan.FromSeconds(6);

    public static readonly TimeSpan Waiting = TimeSpan.FromSeconds(4);

    // Before the moment more often than after it, so that enough sessions get to the next.
    private static readonly TimeSpan Earliest = TimeSpan.FromSeconds(-3);
    private static readonly TimeSpan Latest = TimeSpan.FromSeconds(1.5);

    public async Task RunAsync(int number, CancellationToken cancellationToken)
    {
        var made = await AskAsync(node => node.InviteAsync(number, cancellationToken));
        var session = MadeSession.Of(made.Answer.Require());

        var joined = await AskNearAsync(made.After(Validity), node => node.JoinAsync(session, "applet", cancellationToken), cancellationToken);
        if (!tally.Add(joined, made.After(Validity), HttpStatusCode.Gone))
            return;

        var ready = await AskAsync(node => node.ReadyAsync(session, joined.Answer.Text("appletKey")!, cancellationToken));
        ready.Answer.Require();
        var started = await AskNearAsync(ready.After(Waiting), node => node.StartAsync(session, SupportDesk.Technician, cancellationToken), cancellationToken);
        tally.Add(started, ready.After(Waiting), HttpStatusCode.Conflict);
    }

    private async Task<TimedAnswer> AskNearAsync(TimeWindow due, Func<NodeProcess, Task<NodeAnswer>> ask, CancellationToken cancellationToken)
    {
        var at = due.From + Earliest + ((Latest - Earliest) * random.NextDouble());
        var wait = at - TimeProvider.System.GetUtcNow();
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, cancellationToken);
        return await AskAsync(ask);
    }

    private async Task<TimedAnswer> AskAsync(Func<NodeProcess, Task<NodeAnswer>> ask)
    {
        var asked = TimeProvider.System.GetUtcNow();
        var answer = await ask(cluster[random.Next(Cluster.Size)]);
        return new(answer, new(asked, TimeProvider.System.GetUtcNow()));
    }
}

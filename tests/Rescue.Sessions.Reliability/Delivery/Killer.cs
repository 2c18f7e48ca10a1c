using System.Diagnostics;
using Rescue.Sessions.Reliability.Nodes;

namespace Rescue.Sessions.Reliability.Delivery;

/// <summary>Kills nodes, the database server or both, again and again at random points of the load.</summary>
internal sealed class Killer(Cluster cluster, NodeDatabase database, InvitationLoad load, RunArguments arguments)
{
    private const int MostBetween = 500;
    private const int LeastBetween = 20;

    // So often is the point in time within a mail's way different.
    private const int MostMilliseconds = 100;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly Random random = arguments.RandomOf(-1);

    public int Nodes { get; private set; }

    public int Servers { get; private set; }

    /// <summary>When the last that was killed was there again.</summary>
    public long LastRestart { get; private set; } = Stopwatch.GetTimestamp();

    /// <summary>Kills until the load has ended, and then once more.</summary>
    public async Task RunAsync(Task loading, CancellationToken cancellationToken)
    {
        var between = Math.Clamp(load.Count / 10, LeastBetween, MostBetween);
        var next = 0;
        while (!loading.IsCompleted)
        {
            next += random.Next(between / 2, between * 3 / 2);
            while (load.Links.Count < next && !loading.IsCompleted)
                await Task.Delay(Interval, cancellationToken);
            await Task.Delay(random.Next(MostMilliseconds), cancellationToken);
            await KillAsync(cancellationToken);
        }

        await KillAsync(cancellationToken);
    }

    private async Task KillAsync(CancellationToken cancellationToken)
    {
        // Both at once first, so that a short run has it too.
        var what = Nodes == 0 ? 1 : random.Next(4);
        var server = what <= 1 ? database as PostgreSqlNodes : null;
        if (what == 0 && server is not null)
        {
            await Task.Run(server.KillAndStart, cancellationToken);
        }
        else
        {
            await cluster.KillAndStartAsync(random.Next(Cluster.Size), () => server?.KillAndStart(), cancellationToken);
            Nodes++;
        }

        if (server is not null)
            Servers++;
        LastRestart = Stopwatch.GetTimestamp();
    }
}

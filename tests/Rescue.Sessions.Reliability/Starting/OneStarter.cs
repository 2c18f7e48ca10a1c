using Rescue.Sessions.Reliability.Nodes;
using Rescue.Sessions.Reliability.Races;

namespace Rescue.Sessions.Reliability.Starting;

/// <summary>R10: of many technicians who press Start at the same time, one gets the customer, and the others are told who.</summary>
sealed class OneStarter : RaceFigure
{
    public override string Name => "r10";

    public override string Promise => "32 technicians press Start at once, three processes, each engine: exactly one winner each, whom all are told";

    public override int FullCount => 10_000;

    protected override int Racers => 32;

    protected override async Task<IContest> PrepareAsync(Cluster cluster, int number, Random random, CancellationToken cancellationToken)
    {
        var first = random.Next(Cluster.Size);
        var session = await cluster[first].CreateAsync(number, cancellationToken);
        var joined = (await cluster[first + 1].JoinAsync(session, "applet", cancellationToken)).Require();
        (await cluster[first + 2].ReadyAsync(session, joined.Text("appletKey")!, cancellationToken)).Require();
        return new StartContest(cluster, session, first);
    }
}

using Rescue.Sessions.Reliability.Nodes;
using Rescue.Sessions.Reliability.Races;

namespace Rescue.Sessions.Reliability.Joining;

/// <summary>R3: of many applets that show one link at the same time, one gets the session.</summary>
internal sealed class OneJoiner : RaceFigure
{
    public override string Name => "r3";

    public override string Promise => "64 handshakes at once with one link, three processes, each engine: exactly one winner each, no HTTP 500";

    public override int FullCount => 2_000;

    protected override int Racers => 64;

    protected override async Task<IContest> PrepareAsync(Cluster cluster, int number, Random random, CancellationToken cancellationToken)
    {
        var first = random.Next(Cluster.Size);
        return new JoinContest(cluster, await cluster[first].CreateAsync(number, cancellationToken), first);
    }
}

using Rescue.Sessions.Reliability.Nodes;
using Rescue.Sessions.Reliability.Nodes.Weaknesses;
using Rescue.Sessions.Reliability.Races;
using Rescue.Sessions.Reliability.Starting.Histories;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Reliability.Starting;

/// <summary>R10: of many technicians who press Start at the same time, one gets the customer, and the others are told who.</summary>
internal sealed class OneStarter : RaceFigure
{
    public override string Name => "r10";

    public override string Promise => "32 technicians press Start at once, three processes, each engine: exactly one winner each, whom all are told; generated histories are linearizable";

    // For each session that is raced for; a history in memory costs little.
    private const int HistoriesPerSession = 500;

    private const int ControlHistories = 2_000;

    public override int FullCount => 10_000;

    protected override int Racers => 32;

    protected override async Task<bool> BeginAsync(RunArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var control = await HistoryRun.InMemoryAsync(
            arguments with { First = 0, Count = ControlHistories }, () => new LoadThenSaveStore(new InMemorySessionStore()), cancellationToken);
        output.WriteLine($"control: in memory, read, check and write in two steps: {control}");
        if (control.Broken == 0)
            throw new VoidRunException("every history was linearizable without the defence, so the check sees nothing.");

        var run = await HistoryRun.InMemoryAsync(
            arguments with { Count = arguments.Count * HistoriesPerSession }, () => new InMemorySessionStore(), cancellationToken);
        output.WriteLine($"in memory: {run}");
        return run.Broken == 0;
    }

    protected override async Task<IContest> PrepareAsync(Cluster cluster, int number, Random random, CancellationToken cancellationToken)
    {
        var first = random.Next(Cluster.Size);
        var session = await cluster[first].CreateAsync(number, cancellationToken);
        var joined = (await cluster[first + 1].JoinAsync(session, "applet", cancellationToken)).Require();
        (await cluster[first + 2].ReadyAsync(session, joined.Text("appletKey")!, cancellationToken)).Require();
        return new StartContest(cluster, session, first);
    }

    protected override async Task<bool> GoOnAsync(
        NodeDatabase database, Cluster cluster, RunArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var run = await HistoryRun.OverNodesAsync(arguments, cluster, cancellationToken);
        output.WriteLine($"{database.Name}, {Cluster.Size} processes: {run}");
        return run.Broken == 0;
    }
}

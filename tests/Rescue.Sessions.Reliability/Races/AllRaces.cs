using Rescue.Sessions.Reliability.Joining;
using Rescue.Sessions.Reliability.Starting;

namespace Rescue.Sessions.Reliability.Races;

/// <summary>R3 and R10 at the same nodes: most of a short run's time would be that of starting nodes twice.</summary>
internal sealed class AllRaces : IFigure
{
    public string Name => "races";

    public string Promise => "r3 and r10, one after the other at the same nodes";

    public int FullCount => 2_000;

    public Task<bool> RunAsync(RunArguments arguments, TextWriter output, CancellationToken cancellationToken) =>
        RaceFigure.RunAsync([new OneJoiner(), new OneStarter()], arguments, output, cancellationToken);
}

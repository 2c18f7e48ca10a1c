using Rescue.Sessions.Reliability.Nodes;
using Rescue.Sessions.Reliability.Races;

namespace Rescue.Sessions.Reliability.Joining;

/// <summary>One link, for which applets race that each have an instance of their own.</summary>
internal sealed class JoinContest(Cluster cluster, MadeSession session, int first) : IContest
{
    public async Task<Finish> RunAsync(int racer, CancellationToken cancellationToken) =>
        new(await cluster[first + racer].JoinAsync(session, $"applet-{racer}", cancellationToken), null);

    // The winner's key opens the session at another node.
    public async Task<bool> BelongsToAsync(Finish winner, CancellationToken cancellationToken) =>
        (await cluster[first + 1].ReadyAsync(session, winner.Answer.Text("appletKey")!, cancellationToken)).IsSuccess;
}

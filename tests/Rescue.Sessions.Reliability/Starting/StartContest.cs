using Rescue.Sessions.Reliability.Nodes;
using Rescue.Sessions.Reliability.Races;

namespace Rescue.Sessions.Reliability.Starting;

/// <summary>One waiting customer, for whom technicians race.</summary>
internal sealed class StartContest(Cluster cluster, MadeSession session, int first) : IContest
{
    public async Task<Finish> RunAsync(int racer, CancellationToken cancellationToken)
    {
        var answer = await cluster[first + racer].StartAsync(session, $"technician-{racer}", cancellationToken);
        return new(answer, answer.IsSuccess ? answer.Text("owner", "id") : answer.Text("startedBy", "id"));
    }

    public async Task<bool> BelongsToAsync(Finish winner, CancellationToken cancellationToken) =>
        (await cluster[first + 1].GetAsync($"rescue/sessions/{session.Id}", SupportDesk.Technician, cancellationToken)).Text("owner", "id") == winner.Winner;
}

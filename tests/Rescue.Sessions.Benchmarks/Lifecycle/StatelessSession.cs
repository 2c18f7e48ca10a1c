using Rescue.Sessions.Lifecycle;
using Stateless;

namespace Rescue.Sessions.Benchmarks.Lifecycle;

/// <summary>A session's life as a machine of Stateless, with the rows of our table.</summary>
internal sealed class StatelessSession
{
    private readonly StateMachine<SessionStatus, SessionTrigger> machine;

    public StatelessSession()
    {
        machine = new(() => Status, status => Status = status);
        foreach (var rows in SessionLifecycle.Transitions.GroupBy(row => row.From))
        {
            var state = machine.Configure(rows.Key);
            foreach (var row in rows)
            {
                if (row.To is null)
                    state.PermitDynamic(row.Trigger, () => SessionStatus.Waiting);
                else if (row.To == row.From)
                    state.PermitReentry(row.Trigger);
                else
                    state.Permit(row.Trigger, row.To.Value);
            }
        }
    }

    public SessionStatus Status { get; set; }

    public void Fire(SessionTrigger trigger) => machine.Fire(trigger);
}

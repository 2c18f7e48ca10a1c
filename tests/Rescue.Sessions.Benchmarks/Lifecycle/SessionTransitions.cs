using System.Collections.Immutable;
using System.Globalization;
using Rescue.Sessions.Benchmarks.Stores;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Benchmarks.Lifecycle;

/// <summary>
/// P8: five transitions of one life. The table is compared with a machine that was configured once and is used for all sessions, which is the
/// quickest way to use Stateless; whole transitions with a machine for each session, which is what keeping sessions in it takes.
/// </summary>
internal sealed class SessionTransitions : IFigure
{
    /// <summary>Sessions are made before each batch; more would only fill the memory.</summary>
    private const int MostSessions = 20_000;

    private static readonly ImmutableArray<SessionTrigger> Life =
        [SessionTrigger.Join, SessionTrigger.Ready, SessionTrigger.Start, SessionTrigger.Hold, SessionTrigger.Close];

    private static readonly Technician Ada = new("ada", "Ada Lovelace") { Groups = ["support"] };
    private static readonly ConnectionRight[] Rights = [ConnectionRight.Hold];

    public string Name => "p8";

    public string Title => "the life of a session";

    public string Promise => "five transitions by the table / Stateless: at least 100 times faster; whole transitions: at least 8 times";

    public async Task<bool> RunAsync(TextWriter output)
    {
        var run = new PairedRun(output);
        var table = 1 / await run.MeasureRatioAsync(Table(), SharedMachine());
        using var desk = new SupportDesk();
        var whole = 1 / await run.MeasureRatioAsync(await WholeTransitionsAsync(desk), MachinePerSession());
        var stored = 1 / await new PairedRun(output) { MostOperations = MostSessions }.MeasureRatioAsync(StoredTransitions(), MachinePerSession());
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"for comparison, through the in-memory store with its indexes and events: {stored:N2} times as fast"));
        return run.AtLeast("the table, times as fast", table, 100) & run.AtLeast("whole transitions, times as fast", whole, 8);
    }

    private static Contender Table()
    {
        var reached = SessionStatus.Connecting;
        return Contender.Of("table", () =>
        {
            var status = SessionStatus.Connecting;
            foreach (var trigger in Life)
                status = SessionLifecycle.Find(status, trigger)!.To!.Value;
            reached = status;
        });
    }

    private static Contender SharedMachine()
    {
        var session = new StatelessSession();
        return Contender.Of("Stateless, one machine", () =>
        {
            session.Status = SessionStatus.Connecting;
            foreach (var trigger in Life)
                session.Fire(trigger);
        });
    }

    private static Contender MachinePerSession() => Contender.Of("Stateless, a machine each", () =>
    {
        var session = new StatelessSession();
        foreach (var trigger in Life)
            session.Fire(trigger);
    });

    /// <summary>The rights asked about, the guard, the row, a snapshot and a history entry for each.</summary>
    private static async Task<Contender> WholeTransitionsAsync(SupportDesk desk)
    {
        var id = (await desk.CreateAsync(1))[0];
        var made = (await desk.Store.FindAsync(SessionSelector.ById(id)))!;
        return new("whole", count => Task.FromResult<Func<Task>>(async () =>
        {
            for (var done = 0; done < count; done++)
            {
                var current = made;
                foreach (var trigger in Life)
                {
                    await RequireRightAsync(desk);
                    var (guard, change) = Move(trigger, desk.Now);
                    if (!guard.Allows(current, change))
                        throw new InvalidOperationException($"{trigger} was refused.");
                    current = change.Apply(current).Session;
                }
            }
        }));
    }

    /// <summary>The same in the in-memory store, under its lock, with every index and event stream it keeps.</summary>
    private static Contender StoredTransitions() => new("stored", async count =>
    {
        var desk = new SupportDesk();
        var sessions = await desk.CreateAsync(count);
        return async () =>
        {
            foreach (var id in sessions)
            {
                var selector = SessionSelector.ById(id);
                foreach (var trigger in Life)
                {
                    await RequireRightAsync(desk);
                    var (guard, change) = Move(trigger, desk.Now);
                    if (!(await desk.Store.TransitionAsync(selector, guard, change)).Applied)
                        throw new InvalidOperationException($"{trigger} was refused.");
                }
            }

            desk.Dispose();
        };
    });

    private static (SessionGuard Guard, SessionChange Change) Move(SessionTrigger trigger, DateTimeOffset now) => (
        new() { Now = now, Tenant = Technician.DefaultTenant },
        new() { Kind = SessionEventKind.Transition, Trigger = trigger, At = now, Actor = SessionActor.Technician });

    private static async ValueTask RequireRightAsync(SupportDesk desk)
    {
        var decision = await desk.Policy.DecideAsync(Ada, Rights);
        if (!decision.IsAllowed)
            throw new InvalidOperationException("The technician lacks a right.");
    }
}

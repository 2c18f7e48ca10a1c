using System.Diagnostics;
using Rescue.Sessions.Benchmarks.Durable;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Benchmarks.Scale;

/// <summary>A help desk that has been at work for long: nineteen of twenty stored sessions are over.</summary>
internal sealed class StoredDesk : IDisposable
{
    /// <summary>As many whatever is stored: a busy product has more technicians, and none of them has more customers at a time.</summary>
    private const int OpenOfATechnician = 5;

    private static readonly TechnicianReference Ada = new("ada", "Ada Lovelace");

    private readonly DurableDesk desk;
    private readonly string tenant;

    private StoredDesk(DurableDesk desk, string tenant, TimeSpan fillTime)
    {
        this.desk = desk;
        this.tenant = tenant;
        FillTime = fillTime;
    }

    public static IReadOnlyList<StoredWork> EveryDay { get; } =
    [
        new("list", (at, _) => at.ListAsync(new() { Tenant = at.tenant })),
        new("list of the open", (at, _) => at.ListAsync(new() { Tenant = at.tenant, Statuses = [SessionStatus.Waiting, SessionStatus.Active, SessionStatus.OnHold] })),
        new("list of a status that few have", (at, _) => at.ListAsync(new() { Tenant = at.tenant, Statuses = [SessionStatus.Offline] })),
        new("search that finds one", (at, _) => at.FindOneAsync(new() { Tenant = at.tenant, Search = StoredCopies.CustomerOf(4711)[..8].ToLowerInvariant() })),
        new("search that finds nothing", (at, _) => at.ListAsync(new() { Tenant = at.tenant, Search = "nobody" })),
        new("sessions of a ticket", (at, _) => at.FindOneAsync(new() { Tenant = at.tenant, Reference = "T-4711" })),
        new("search of two characters", (at, _) => at.ListAsync(new() { Tenant = at.tenant, Search = "qx" })),
        new("a customer's data", (at, _) => at.FindOneAsync(new() { Tenant = at.tenant, Customer = StoredCopies.CustomerOf(4711) })),
        new("a technician's open sessions", (at, _) => at.FindOpenAsync()),
        new("find", (at, _) => at.desk.Store.FindAsync(SessionSelector.ById(at.desk.Example)).AsTask()),
        new("start", (at, id) => at.StartAsync(id), at => at.MakeWaitingAsync()),
        new("close", (at, id) => at.ApplyAsync(id, SessionTrigger.Close, SessionActor.Technician), at => at.MakeWaitingAsync()),
        new("sweep turn", (at, _) => at.SweepAsync()),
    ];

    /// <summary>How long it took until the sessions were there.</summary>
    public TimeSpan FillTime { get; }

    public static async Task<StoredDesk> FillAsync(IEngine engine, int sessions)
    {
        var desk = await DurableDesk.OpenAsync(engine.Configure);
        var start = Stopwatch.GetTimestamp();
        var example = (await desk.Store.FindAsync(SessionSelector.ById(desk.Example)))!.Session;
        var stored = new StoredDesk(desk, example.Tenant, default);
        var open = await stored.MakeWaitingAsync();
        var closed = await stored.MakeWaitingAsync();
        await stored.ApplyAsync(closed, SessionTrigger.Close, SessionActor.Technician);
        var openSessions = sessions / 20;
        var technicians = openSessions / OpenOfATechnician;
        await StoredCopies.MakeAsync(engine, closed, 0, sessions - openSessions, technicians);
        await StoredCopies.MakeAsync(engine, open, sessions - openSessions, sessions, technicians);
        await StoredCopies.SettleAsync(engine);
        return new(desk, example.Tenant, Stopwatch.GetElapsedTime(start));
    }

    public Func<int, Task<Func<Task>>> Repeat(StoredWork work) => async count =>
    {
        var sessions = new SessionId[count];
        for (var number = 0; number < count && work.Prepare is not null; number++)
            sessions[number] = await work.Prepare(this);
        return async () =>
        {
            foreach (var session in sessions)
                await work.Run(this, session);
        };
    };

    public void Dispose() => desk.Dispose();

    private async Task ListAsync(SessionQuery query) => await desk.Store.ListAsync(query);

    private async Task FindOneAsync(SessionQuery query)
    {
        var found = await desk.Store.ListAsync(query);
        if (found.Length != 1)
            throw new InvalidOperationException($"{found.Length} sessions were found instead of one.");
    }

    private async Task FindOpenAsync()
    {
        var found = await desk.Store.FindOpenOfAsync(tenant, "technician 7");
        if (found.Length != OpenOfATechnician)
            throw new InvalidOperationException($"{found.Length} open sessions were found instead of {OpenOfATechnician}.");
    }

    private async Task<SessionId> MakeWaitingAsync()
    {
        var creation = desk.Next() with { Messages = [] };
        await desk.Store.CreateAsync(creation);
        var id = creation.Session.Session.Id;
        await ApplyAsync(id, SessionTrigger.Ready, SessionActor.Customer);
        return id;
    }

    private Task StartAsync(SessionId id) => ApplyAsync(id, SessionTrigger.Start, SessionActor.Technician, Ada);

    private async Task ApplyAsync(SessionId id, SessionTrigger trigger, SessionActor actor, TechnicianReference? owner = null)
    {
        var change = new SessionChange { Kind = SessionEventKind.Transition, Trigger = trigger, At = desk.Now, Actor = actor, By = owner, Owner = owner };
        var guard = new SessionGuard { Now = desk.Now, Capacity = owner is null ? null : int.MaxValue };
        if (!(await desk.Store.TransitionAsync(SessionSelector.ById(id), guard, change)).Applied)
            throw new InvalidOperationException($"{trigger} was refused.");
    }

    private async Task SweepAsync()
    {
        await desk.Store.FindOverdueAsync(desk.Now, 200);
        await desk.Store.FindSilentAsync(desk.Now, 200);
        await desk.Store.FindAlarmsAsync(desk.Now, 200);
        await desk.Store.EraseAsync(new() { EndedBefore = desk.Now.AddDays(-90), Limit = 50 });
    }
}

using System.Data.Common;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Benchmarks.Durable;

/// <summary>P6: the joining of a session by its link's token, found, checked and written with its history in one step.</summary>
internal sealed class SessionJoins : DurableFigure
{
    public override string Name => "p6";

    public override string Title => "joining";

    public override string Promise => "join, atomic and with history, durable / the same writes by hand: at least 0.7 of its throughput";

    protected override double Target => 0.7;

    protected override async ValueTask<Func<ValueTask>> PrepareAsync(DurableDesk desk)
    {
        var token = (await CreateAsync(desk)).TokenHashes;
        return () => JoinAsync(desk, SessionSelector.ByToken(token));
    }

    protected override async Task<IReadOnlyList<StoredRow>> ReadExampleAsync(DurableDesk desk, DbConnection connection)
    {
        var id = (await CreateAsync(desk)).Session.Id;
        var before = await StoredRow.ReadAsync(connection, id);
        await JoinAsync(desk, SessionSelector.ById(id));
        var after = await StoredRow.ReadAsync(connection, id);
        return [before[0], after[0], after.Single(row => row.Columns.ContainsKey("instance") && row.Table == "rescue_code"), after.Last(row => row.Table == "rescue_event")];
    }

    protected override async ValueTask<IReadOnlyList<RawStatement>> WriteByHandAsync(
        DurableDesk desk, IReadOnlyList<StoredRow> example, string nextNumber)
    {
        var (before, after, redeemed, happened) = (example[0], example[1], example[2], example[3]);
        var session = (await CreateAsync(desk)).Session.Id;
        return [after.UpdateFor(session, before), happened.InsertFor(session, nextNumber), redeemed.RedeemFor(session)];
    }

    private static async ValueTask<StoredSession> CreateAsync(DurableDesk desk) => (await desk.Store.CreateAsync(desk.Next())).Session!;

    private static async ValueTask JoinAsync(DurableDesk desk, SessionSelector selector)
    {
        var instance = DurableDesk.NextHash();
        var change = new SessionChange
        {
            Kind = SessionEventKind.Transition, Trigger = SessionTrigger.Join, At = desk.Now, Actor = SessionActor.Customer,
            Join = new(instance, DurableDesk.NextHash()),
        };
        var result = await desk.Store.TransitionAsync(selector, new() { Now = change.At, Instance = [instance] }, change);
        if (!result.Applied)
            throw new InvalidOperationException("The session was not joined.");
    }
}

using System.Data.Common;

namespace Rescue.Sessions.Benchmarks.Durable;

/// <summary>P5: a session, its codes, its first event and its email of 9 KB in one step.</summary>
internal sealed class SessionCreations : DurableFigure
{
    public override string Name => "p5";

    public override string Title => "creating a session";

    public override string Promise => "create a session with history and a 9 KB message, durable / the same rows by hand: at least 0.85 of its throughput";

    protected override double Target => 0.85;

    protected override ValueTask<Func<ValueTask>> PrepareAsync(DurableDesk desk)
    {
        var creation = desk.Next();
        return new(async () =>
        {
            var result = await desk.Store.CreateAsync(creation);
            if (result.Session is null)
                throw new InvalidOperationException($"The session was not made: {result.Outcome}.");
        });
    }

    protected override async Task<IReadOnlyList<StoredRow>> ReadExampleAsync(DurableDesk desk, DbConnection connection)
    {
        var creation = desk.Next();
        await desk.Store.CreateAsync(creation);
        return await StoredRow.ReadAsync(connection, creation.Session.Session.Id);
    }

    protected override ValueTask<IReadOnlyList<RawStatement>> WriteByHandAsync(DurableDesk desk, IReadOnlyList<StoredRow> example, string nextNumber)
    {
        var session = SessionId.New(desk.Now);
        return new([.. example.Select(row => row.InsertFor(session, nextNumber))]);
    }
}

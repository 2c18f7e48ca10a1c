namespace Rescue.Sessions.Benchmarks.Stores;

/// <summary>P6: redeeming a link, with its history, so that a killed machine has it.</summary>
sealed class DurableJoin : DurableWrites
{
    public override string Name => "p6";

    public override string Promise => "join a durable session, with history / the same writes by hand: at least 0.7 of its throughput";

    protected override Contender Ours(DurableDesk desk, int clients) => new("join", async count =>
    {
        var sessions = await MakeAsync(desk, count);
        return Share(count, clients, (_, number) => desk.JoinAsync(sessions[number].Token));
    });

    protected override Contender ByHand(DurableDesk desk, IReadOnlyList<RawRows> clients) => new("by hand", async count =>
    {
        var sessions = await MakeAsync(desk, count);
        return Share(count, clients.Count, (client, number) => clients[client].JoinAsync(sessions[number].Id));
    });

    private static async Task<(SessionId Id, Codes.LinkToken Token)[]> MakeAsync(DurableDesk desk, int count)
    {
        var made = new (SessionId, Codes.LinkToken)[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) => made[number] = await desk.InviteAsync());
        return made;
    }
}

namespace Rescue.Sessions.Benchmarks.Stores;

/// <summary>What P5 and P6 have in common: the library and the provider by hand, on both engines, in turn.</summary>
abstract class DurableWrites : IFigure
{
    private const int MostOperations = 2_000;

    public abstract string Name { get; }

    public abstract string Promise { get; }

    public async Task<bool> RunAsync(TextWriter output)
    {
        var holds = true;
        foreach (var open in (Func<DurableEngine>[])[DurableEngine.Sqlite, DurableEngine.PostgreSql])
        {
            using var engine = open();
            await using var desk = await DurableDesk.OpenAsync(engine.Configure);
            await desk.InviteAsync();
            var hands = new List<RawRows>();
            for (var client = 0; client < engine.Clients; client++)
                hands.Add(await RawRows.ForAsync(await engine.ConnectAsync(), engine.IsSqlite, long.MaxValue / 2 + (client * (1L << 40))));
            output.WriteLine($"{engine.Name}, {engine.Clients} at once");
            var run = new PairedRun(output) { MostOperations = MostOperations };
            var ratio = 1 / await run.MeasureRatioAsync(Ours(desk, engine.Clients), ByHand(desk, hands));
            holds &= run.AtLeast($"{engine.Name}, median ratio of throughput", ratio, 0.7);
            foreach (var hand in hands)
                await hand.DisposeAsync();
        }

        return holds;
    }

    protected abstract Contender Ours(DurableDesk desk, int clients);

    protected abstract Contender ByHand(DurableDesk desk, IReadOnlyList<RawRows> clients);

    /// <summary>Shares operations out among clients that work at once.</summary>
    protected static Func<Task> Share(int count, int clients, Func<int, int, Task> operation) => () => Task.WhenAll(
        Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            for (var number = client; number < count; number += clients)
                await operation(client, number);
        })));
}

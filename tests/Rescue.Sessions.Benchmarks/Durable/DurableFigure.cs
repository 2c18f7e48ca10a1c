using System.Data.Common;

namespace Rescue.Sessions.Benchmarks.Durable;

/// <summary>What the library writes in one step, against the same rows written by hand: on SQLite by one, on PostgreSQL by eight at once.</summary>
internal abstract class DurableFigure : IFigure
{
    /// <summary>Each operation needs a session of its own, with its 9 KB.</summary>
    private const int MostOperations = 2000;

    public abstract string Name { get; }

    public abstract string Title { get; }

    public abstract string Promise { get; }

    /// <summary>The least share of the throughput by hand.</summary>
    protected abstract double Target { get; }

    public async Task<bool> RunAsync(TextWriter output)
    {
        // Measured to the end even where the first target is missed.
        var holds = await MeasureAsync(() => new SqliteEngine(), output);
        return await MeasureAsync(() => new PostgreSqlEngine(), output) && holds;
    }

    /// <summary>The library's side alone.</summary>
    public Contender LibraryOn(IEngine engine, DurableDesk desk) => new("library", async count =>
    {
        var operations = new Func<ValueTask>[count];
        for (var number = 0; number < count; number++)
            operations[number] = await PrepareAsync(desk);
        return Contender.Share(count, engine.Clients, (_, number) => operations[number]());
    });

    /// <summary>An operation of the library, made ready.</summary>
    protected abstract ValueTask<Func<ValueTask>> PrepareAsync(DurableDesk desk);

    /// <summary>The rows that the library's operation concerns, as this database has them.</summary>
    protected abstract Task<IReadOnlyList<StoredRow>> ReadExampleAsync(DurableDesk desk, DbConnection connection);

    /// <summary>The statements with which a hand-written program does the same to another session.</summary>
    protected abstract ValueTask<IReadOnlyList<RawStatement>> WriteByHandAsync(DurableDesk desk, IReadOnlyList<StoredRow> example, string nextNumber);

    private async Task<bool> MeasureAsync(Func<IEngine> start, TextWriter output)
    {
        using var engine = start();
        using var desk = await DurableDesk.OpenAsync(engine.Configure);
        await using var connection = await engine.OpenAsync();
        var example = await ReadExampleAsync(desk, connection);
        var first = await WriteByHandAsync(desk, example, engine.NextNumber);
        var clients = await Task.WhenAll(Enumerable.Range(0, engine.Clients).Select(_ => engine.ConnectAsync(first)));
        var ours = LibraryOn(engine, desk);
        var theirs = new Contender("by hand", async count =>
        {
            var operations = new IReadOnlyList<RawStatement>[count];
            for (var number = 0; number < count; number++)
                operations[number] = await WriteByHandAsync(desk, example, engine.NextNumber);
            return Contender.Share(count, engine.Clients, (client, number) => clients[client].ExecuteAsync(operations[number]));
        });

        output.WriteLine($"{engine.Name}, {engine.Clients} at once");
        var run = new PairedRun(output) { MostOperations = MostOperations };
        var ratio = 1 / await run.MeasureRatioAsync(ours, theirs);
        foreach (var client in clients)
            client.Dispose();
        return run.AtLeast($"{engine.Name}: median ratio of throughput", ratio, Target);
    }
}

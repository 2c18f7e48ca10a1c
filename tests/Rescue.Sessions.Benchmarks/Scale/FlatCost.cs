using Rescue.Sessions.Benchmarks.Durable;

namespace Rescue.Sessions.Benchmarks.Scale;

/// <summary>P14: what every day's work costs among very many stored sessions, of which one in twenty is open.</summary>
internal sealed class FlatCost(RunArguments arguments) : IFigure
{
    private const double Target = 1.5;
    private const int Few = 10_000;

    public string Name => "p14";

    public string Title => "a day's work among a million";

    public string Promise => "list, search, find, start, sweep turn at 1,000,000 stored sessions (SQLite: 100,000) / at 10,000: at most 1.5 times as long";

    public async Task<bool> RunAsync(TextWriter output)
    {
        var holds = await MeasureAsync(() => new SqliteEngine(), arguments.Count ?? 100_000, output);
        return await MeasureAsync(() => new PostgreSqlEngine(), arguments.Count ?? 1_000_000, output) && holds;
    }

    private static async Task<bool> MeasureAsync(Func<IEngine> open, int many, TextWriter output)
    {
        using var manyEngine = open();
        using var fewEngine = open();
        using var fewDesk = await StoredDesk.FillAsync(fewEngine, Few);
        using var manyDesk = await StoredDesk.FillAsync(manyEngine, many);
        output.WriteLine($"{manyEngine.Name}: {many:N0} sessions stored in {manyDesk.FillTime.TotalSeconds:N0} s");
        var run = new PairedRun(output) { MostOperations = 200 };
        var holds = true;
        foreach (var work in StoredDesk.EveryDay)
        {
            var ratio = await run.MeasureRatioAsync(new(work.Name, manyDesk.Repeat(work)), new($"{work.Name} among few", fewDesk.Repeat(work)));
            holds &= run.AtMost($"{manyEngine.Name}: {work.Name}", ratio, Target);
        }

        return holds;
    }
}

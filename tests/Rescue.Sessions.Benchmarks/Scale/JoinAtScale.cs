using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.Benchmarks.Scale;

/// <summary>
/// P9: what joins over HTTP cost among a million live sessions. Each side is a process of its own, so that a collector's work for the
/// million is not shared with the thousand.
/// </summary>
sealed class JoinAtScale : IFigure
{
    private const int Few = 1_000;
    private const int Many = 1_000_000;

    /// <summary>So few that the thousand stays about a thousand.</summary>
    private const int MostJoins = 500;

    public string Name => "p9";

    public string Promise => "join over HTTP at 1,000,000 live sessions / at 1,000: at most 1.3 times as long in memory, 1.5 times on PostgreSQL";

    public async Task<bool> RunAsync(TextWriter output)
    {
        var holds = await MeasureAsync("in memory", null, null, 1.3, output);
        using var server = new PostgreSqlServer(durable: true);
        var databases = new PostgreSqlDatabases(server);
        return await MeasureAsync("PostgreSQL", await databases.CreateAsync("few"), await databases.CreateAsync("many"), 1.5, output) && holds;
    }

    private static async Task<bool> MeasureAsync(string store, string? fewDatabase, string? manyDatabase, double target, TextWriter output)
    {
        await using var few = await HelpDeskProcess.StartAsync(Few, fewDatabase);
        await using var many = await HelpDeskProcess.StartAsync(Many, manyDatabase);
        output.WriteLine($"{store}: {Many:N0} sessions made in {many.FillTime.TotalSeconds:N0} s");
        var run = new PairedRun(output) { MostOperations = MostJoins };
        var ratio = await run.MeasureRatioAsync(new("a million", many.PrepareJoinsAsync), new("a thousand", few.PrepareJoinsAsync));
        return run.AtMost($"{store}: median ratio of time", ratio, target);
    }
}

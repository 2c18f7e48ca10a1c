using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.Benchmarks.Scale;

/// <summary>
/// P9: what joins over HTTP cost among a million live sessions. Each side is a process of its own, so that a collector's work for the
/// million is not shared with the thousand.
/// </summary>
internal sealed class JoinAtScale : IFigure
{
    private const int Few = 1_000;
    private const int Many = 1_000_000;

    /// <summary>So few that the thousand stays about a thousand.</summary>
    private const int MostJoins = 500;

    /// <summary>In memory so few joins take milliseconds; on PostgreSQL they take as long as any batch.</summary>
    private const int PairsInMemory = 75;
    private const int PairsOnPostgreSql = 15;

    public string Name => "p9";

    public string Title => "joining among a million";

    public string Promise => "join over HTTP at 1,000,000 live sessions / at 1,000: at most 1.3 times as long in memory, 1.5 times on PostgreSQL";

    public async Task<bool> RunAsync(TextWriter output)
    {
        var holds = await MeasureAsync("in memory", null, 1.3, output);
        using var server = new PostgreSqlServer(durable: true);
        return await MeasureAsync("PostgreSQL", server, 1.5, output) && holds;
    }

    private static async Task<bool> MeasureAsync(string store, PostgreSqlServer? server, double target, TextWriter output)
    {
        // The million first: a server closes connections that wait for two minutes.
        await using var many = await StartAsync(Many, server);
        await using var few = await StartAsync(Few, server);
        output.WriteLine($"{store}: {Many:N0} sessions made in {many.FillTime.TotalSeconds:N0} s");
        var run = new PairedRun(output) { MostOperations = MostJoins, Pairs = server is null ? PairsInMemory : PairsOnPostgreSql };
        var ratio = await run.MeasureRatioAsync(new("a million", many.PrepareJoinsAsync), new("a thousand", few.PrepareJoinsAsync));
        return run.AtMost($"{store}: median ratio of time", ratio, target);
    }

    private static async Task<HelpDeskProcess> StartAsync(int sessions, PostgreSqlServer? server) =>
        await HelpDeskProcess.StartAsync(sessions, server is null ? null : await FilledDatabase.CreateAsync(server, $"with_{sessions}"));
}

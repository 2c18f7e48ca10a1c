using System.Diagnostics;
using System.Globalization;
using Rescue.Sessions.Benchmarks.Scale;
using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.Benchmarks.Crowds;

/// <summary>P12: what an event costs among very many open streams that it does not concern, and what these cost while nothing happens. Time on processors.</summary>
internal sealed class StreamCost(RunArguments arguments) : IFigure
{
    private const int Few = 10;
    private const double MostGrowth = 1.5;
    private const double MostIdle = 0.05;

    /// <summary>Opening is over and each stream has been pinged once.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(20);

    public string Name => "p12";

    public string Title => "ten thousand streams";

    public string Promise => "CPU of one event among 10,000 applet streams / among 10: at most 1.5; of 10,000 idle streams: at most 5 % of a core";

    public async Task<bool> RunAsync(TextWriter output)
    {
        var holds = await MeasureAsync("in memory", null, output);
        using var server = new PostgreSqlServer(durable: true);
        return await MeasureAsync("PostgreSQL", server, output) && holds;
    }

    private async Task<bool> MeasureAsync(string store, PostgreSqlServer? server, TextWriter output)
    {
        var many = arguments.Count ?? 10_000;
        await using var fewCrowd = await StartAsync(Few, server, "few");
        await using var manyCrowd = await StartAsync(many, server, "many");
        var fewStreams = await ListeningSocket.OpenAllAsync(fewCrowd);
        var manyStreams = await ListeningSocket.OpenAllAsync(manyCrowd);
        var run = new PairedRun(output) { Pairs = 9, BatchTime = TimeSpan.FromSeconds(1), WarmUps = 12 };

        var idle = await Task.WhenAll(MeasureIdleAsync(() => CpuOf(manyCrowd)), MeasureIdleAsync(() => CpuOf(fewCrowd)));
        using var manyEvents = await SessionEvents.BeginAsync(manyCrowd, manyStreams[..1]);
        using var fewEvents = await SessionEvents.BeginAsync(fewCrowd, fewStreams[..1]);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{store}: {many:N0} streams, host {manyCrowd.Cost.Memory / 1e6:N0} MB"));
        var growth = await run.MeasureRatioAsync(
            new($"an event among {many}", manyEvents.Prepare) { Clock = () => CpuOf(manyCrowd) - (idle[0] * Stopwatch.GetElapsedTime(0)) },
            new($"among {Few}", fewEvents.Prepare) { Clock = () => CpuOf(fewCrowd) - (idle[1] * Stopwatch.GetElapsedTime(0)) });
        foreach (var stream in (ListeningSocket[])[.. fewStreams, .. manyStreams])
            stream.Dispose();
        return run.AtMost($"{store}: median ratio of CPU", growth, MostGrowth) & run.AtMost($"{store}: share of a core that idle streams take", idle[0], MostIdle);

        // What they cost anyway is the other figure. Both crowds are in one database server, and only one of them has events at a time.
        TimeSpan CpuOf(CrowdProcess crowd) => crowd.Cost.Cpu + (server is null ? TimeSpan.Zero : ProcessCost.OfTree(server.ProcessId).Cpu);
    }

    private async Task<double> MeasureIdleAsync(Func<TimeSpan> clock)
    {
        await Task.Delay(Settling);
        var (start, before) = (Stopwatch.GetTimestamp(), clock());
        await Task.Delay(TimeSpan.FromSeconds(arguments.Seconds ?? 60));
        return (clock() - before) / Stopwatch.GetElapsedTime(start);
    }

    private static async Task<CrowdProcess> StartAsync(int customers, PostgreSqlServer? server, string name) =>
        await CrowdProcess.StartAsync(customers, CrowdProcess.Longest, server is null ? null : await FilledDatabase.CreateAsync(server, name));
}

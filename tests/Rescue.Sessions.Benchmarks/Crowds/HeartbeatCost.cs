using System.Diagnostics;
using System.Globalization;
using Rescue.Sessions.Benchmarks.Durable;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.Benchmarks.Crowds;

/// <summary>P16: what customers cost who only wait and beat, the programs' own share not counted. On SQLite it is written down, streams included.</summary>
internal sealed class HeartbeatCost(RunArguments arguments) : IFigure
{
    private const double MostOfACore = 0.15;

    /// <summary>Two rounds, after which whoever was silent while the others came is back.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(30);

    public string Name => "p16";

    public string Title => "ten thousand who wait";

    public string Promise => "10,000 waiting customers who beat every 15 s, on PostgreSQL: CPU of host and database at most 15 % of a core (--sqlite: 1,000)";

    public async Task<bool> RunAsync(TextWriter output)
    {
        if (arguments.Sqlite)
        {
            using var file = new SqliteEngine();
            await MeasureAsync("SQLite", file.ConnectionString, null, arguments.Count ?? 1_000, arguments.Seconds ?? 600, output);
            return true;
        }

        using var server = new PostgreSqlServer(durable: true);
        var share = await MeasureAsync("PostgreSQL", server.ConnectionString(), server, arguments.Count ?? 10_000, arguments.Seconds ?? 90, output);
        return new PairedRun(output).AtMost("share of a core", share, MostOfACore);
    }

    private static async Task<double> MeasureAsync(string name, string database, PostgreSqlServer? server, int customers, int seconds, TextWriter output)
    {
        await using var crowd = await CrowdProcess.StartAsync(customers, new TimeoutOptions().Silence, database);
        var streams = server is null ? await ListeningSocket.OpenAllAsync(crowd) : [];
        using var beats = await Heartbeats.ConnectAsync(crowd);
        await beats.RunAsync(WarmUp);

        var (start, answered, statements) = (Stopwatch.GetTimestamp(), beats.Answered, await crowd.CountStatementsAsync());
        var (host, behind) = (crowd.Cost, Behind());
        await beats.RunAsync(TimeSpan.FromSeconds(seconds));
        var (hostAfter, behindAfter) = (crowd.Cost, Behind());
        var during = Stopwatch.GetElapsedTime(start);
        (answered, statements) = (beats.Answered - answered, await crowd.CountStatementsAsync() - statements);

        var (hostShare, behindShare) = ((hostAfter.Cpu - host.Cpu) / during, (behindAfter.Cpu - behind.Cpu) / during);
        Write($"{name}: {customers:N0} customers, {streams.Length:N0} streams, {during.TotalSeconds:N0} s, {answered / during.TotalSeconds:N1} beats a second answered");
        Write($"host {hostShare:P2} of a core and {hostAfter.Memory / 1e6:N0} MB{(server is null ? $", {statements / during.TotalSeconds:N1} statements a second" : $", database {behindShare:P2}")}");
        foreach (var stream in streams)
            stream.Dispose();
        return hostShare + behindShare;

        ProcessCost Behind() => server is null ? default : ProcessCost.OfTree(server.ProcessId);

        void Write(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
    }
}

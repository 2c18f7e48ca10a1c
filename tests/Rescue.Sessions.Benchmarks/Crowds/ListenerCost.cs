using System.Globalization;
using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.Benchmarks.Crowds;

/// <summary>P13: what each of a hundred technicians' streams costs an event, against a program that only writes the same bytes. Time on processors.</summary>
sealed class ListenerCost(RunArguments arguments) : IFigure
{
    private const double Target = 3;

    public string Name => "p13";

    public string Promise => "CPU per event and listener with 100 technicians' streams / writing the same bytes to 100 open sockets: at most 3";

    public async Task<bool> RunAsync(TextWriter output)
    {
        var holds = await MeasureAsync("in memory", null, output);
        using var server = new PostgreSqlServer(durable: true);
        return await MeasureAsync("PostgreSQL", server, output) && holds;
    }

    private async Task<bool> MeasureAsync(string store, PostgreSqlServer? server, TextWriter output)
    {
        var count = arguments.Count ?? 100;
        await using var crowd = await CrowdProcess.StartAsync(customers: 1, silence: CrowdProcess.Longest, server?.ConnectionString());
        var streams = new ListeningSocket[count];
        for (var number = 0; number < count; number++)
            streams[number] = await ListeningSocket.OpenAsync(crowd.Port, "/rescue/sessions/events", key: null, ids: 1);
        using var events = await SessionEvents.BeginAsync(crowd, streams);
        var bytes = await MeasureEventAsync(events, streams[0]);
        await using var writer = await SocketWriter.StartAsync(count, bytes);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{store}: {bytes:N0} bytes an event"));

        var run = new PairedRun(output) { Pairs = 9, BatchTime = TimeSpan.FromSeconds(1), WarmUps = 12 };
        var ratio = await run.MeasureRatioAsync(
            new("an event", events.Prepare) { Clock = () => crowd.Cost.Cpu + (server is null ? TimeSpan.Zero : ProcessCost.OfTree(server.ProcessId).Cpu) },
            new("writes", writer.Prepare) { Clock = () => writer.Cost.Cpu });
        foreach (var stream in streams) stream.Dispose();
        return run.AtMost($"{store}: median ratio of CPU", ratio, Target);
    }

    // A ping in between would be a few bytes in a hundred events.
    private static async Task<int> MeasureEventAsync(SessionEvents events, ListeningSocket listener)
    {
        const int made = 100;
        var before = listener.Bytes;
        await (await events.Prepare(made))();
        return (int)((listener.Bytes - before) / made);
    }
}

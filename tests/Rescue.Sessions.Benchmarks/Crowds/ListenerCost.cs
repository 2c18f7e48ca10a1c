using System.Globalization;

namespace Rescue.Sessions.Benchmarks.Crowds;

/// <summary>P13: what an event costs that a hundred technicians' streams hear, its request and its step in memory included, against a program that only writes the same bytes. Time on processors.</summary>
internal sealed class ListenerCost(RunArguments arguments) : IFigure
{
    private const double Target = 3;

    public string Name => "p13";

    public string Title => "a hundred listeners";

    public string Promise => "CPU per event and listener with 100 technicians' streams / writing the same bytes to 100 open sockets: at most 3";

    public async Task<bool> RunAsync(TextWriter output)
    {
        var count = arguments.Count ?? 100;
        await using var crowd = await CrowdProcess.StartAsync(customers: 1, silence: CrowdProcess.Longest, database: null);
        var streams = new ListeningSocket[count];
        for (var number = 0; number < count; number++)
            streams[number] = await ListeningSocket.OpenAsync(crowd.Port, "/rescue/sessions/events", key: null, ids: 1);
        using var events = await SessionEvents.BeginAsync(crowd, streams);
        var bytes = await MeasureEventAsync(events, streams[0]);
        await using var writer = await SocketWriter.StartAsync(count, bytes);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} bytes an event"));

        var run = new PairedRun(output) { Pairs = 9, BatchTime = TimeSpan.FromSeconds(1), WarmUps = 12 };
        var ratio = await run.MeasureRatioAsync(
            new("an event to all", events.Prepare) { Clock = () => crowd.Cost.Cpu },
            new("writing to all", writer.Prepare) { Clock = () => writer.Cost.Cpu });
        foreach (var stream in streams)
            stream.Dispose();
        return run.AtMost("median ratio of CPU", ratio, Target);
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

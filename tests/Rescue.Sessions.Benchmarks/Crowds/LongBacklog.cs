using System.Diagnostics;
using System.Globalization;
using Rescue.Sessions.Benchmarks.Durable;
using Rescue.Sessions.Benchmarks.Scale;

namespace Rescue.Sessions.Benchmarks.Crowds;

/// <summary>A technician's program that comes back after very long: its backlog is read page by page, never whole.</summary>
internal sealed class LongBacklog(RunArguments arguments) : IFigure
{
    private const int EventsOfACustomer = 3;
    private const double MostMegabytes = 100;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    public string Name => "backlog";

    public string Title => "a million events missed";

    public string Promise => "a million events behind one Last-Event-ID: each heard once, and at most 100 MB of memory taken meanwhile";

    public async Task<bool> RunAsync(TextWriter output)
    {
        using var file = new SqliteEngine();
        await using var crowd = await CrowdProcess.StartAsync(customers: 2, CrowdProcess.Longest, file.ConnectionString);
        var times = (arguments.Count ?? 1_000_000) / EventsOfACustomer;
        await StoredCopies.RepeatEventsAsync(file, SessionId.Parse(crowd.Customers[1].Session, CultureInfo.InvariantCulture), times);
        var events = EventsOfACustomer * (times + 2L);
        var before = crowd.Cost.Memory;
        var most = before;
        var start = Stopwatch.GetTimestamp();
        using var stream = await ListeningSocket.OpenAsync(crowd.Port, "/rescue/sessions/events", key: null, ids: 1, lastId: "0");
        // The first block says where the stream begins.
        var all = stream.WaitAsync(1 + events);
        while (await Task.WhenAny(all, Task.Delay(Glance)) != all)
            most = Math.Max(most, crowd.Cost.Memory);
        await all;
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;

        using var more = await SessionEvents.BeginAsync(crowd, [stream]);
        var heard = stream.Ids - 2;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{heard:N0} events in {seconds:N1} s, then one more; {before / 1e6:N0} MB before, {most / 1e6:N0} MB at most"));
        return new PairedRun(output).AtMost("megabytes taken", (most - before) / 1e6, MostMegabytes) & heard == events;
    }
}

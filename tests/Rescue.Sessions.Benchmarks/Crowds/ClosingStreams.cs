using System.Diagnostics;
using System.Globalization;

namespace Rescue.Sessions.Benchmarks.Crowds;

/// <summary>Very many streams that close at once, as when a network goes: whoever stays hears on, and nothing of the others is left.</summary>
internal sealed class ClosingStreams(RunArguments arguments) : IFigure
{
    private const double MostSeconds = 10;

    // What a server opens by itself meanwhile.
    private const int FewFiles = 20;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public string Name => "closing";

    public string Title => "ten thousand streams closed";

    public string Promise => "10,000 streams that close at once: who stays hears on, and within 10 s no connection of theirs is left";

    public async Task<bool> RunAsync(TextWriter output)
    {
        await using var crowd = await CrowdProcess.StartAsync(arguments.Count ?? 10_000, CrowdProcess.Longest, database: null);
        using var staying = await ListeningSocket.OpenAsync(crowd.Port, "/rescue/sessions/events", key: null, ids: 1);
        var files = crowd.OpenFiles;
        var streams = await ListeningSocket.OpenAllAsync(crowd);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{crowd.OpenFiles - files:N0} connections"));

        var start = Stopwatch.GetTimestamp();
        Parallel.ForEach(streams, stream => stream.Dispose());
        using var events = await SessionEvents.BeginAsync(crowd, [staying]);
        var heard = Stopwatch.GetElapsedTime(start);
        while (crowd.OpenFiles > files + FewFiles && Stopwatch.GetElapsedTime(start) < Patience)
            await Task.Delay(Glance);
        var gone = Stopwatch.GetElapsedTime(start);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"an event was heard after {heard.TotalMilliseconds:N0} ms, and the last connection was gone after {gone.TotalMilliseconds:N0} ms"));
        return new PairedRun(output).AtMost("seconds until nothing is left", gone.TotalSeconds, MostSeconds);
    }
}

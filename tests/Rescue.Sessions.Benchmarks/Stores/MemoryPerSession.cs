using System.Globalization;

namespace Rescue.Sessions.Benchmarks.Stores;

/// <summary>P10: what a live session takes in the in-memory store, all indexes, its history and its place in the event log included.</summary>
internal sealed class MemoryPerSession : IFigure
{
    private const int Sessions = 100_000;
    private const int Rounds = 5;

    public string Name => "p10";

    public string Title => "memory of a session";

    public string Promise => "memory per live session in the in-memory store: at most 800 bytes";

    public async Task<bool> RunAsync(TextWriter output)
    {
        var bytes = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            using var desk = new SupportDesk();
            await desk.FillAsync(1);
            var before = GC.GetTotalMemory(forceFullCollection: true);
            await desk.FillAsync(Sessions);
            bytes[round] = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Sessions;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round + 1}: {bytes[round]:N1} bytes a session, {Sessions:N0} sessions"));
            GC.KeepAlive(desk);
        }

        Array.Sort(bytes);
        return new PairedRun(output).AtMost("median bytes a session", bytes[Rounds / 2], 800);
    }
}

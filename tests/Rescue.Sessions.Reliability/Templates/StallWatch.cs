using System.Diagnostics;

namespace Rescue.Sessions.Reliability.Templates;

/// <summary>Ends the process with exit code 1 when one attack does not come to an end, and says which.</summary>
internal sealed class StallWatch : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly TextWriter output;
    private readonly Timer timer;
    private long began = Stopwatch.GetTimestamp();
    private int number = -1;

    public StallWatch(TextWriter output)
    {
        this.output = output;
        timer = new(_ => Look(), null, Interval, Interval);
    }

    /// <summary>An attack begins, and so the one before it has ended.</summary>
    public void Begin(int attack)
    {
        Volatile.Write(ref number, attack);
        Volatile.Write(ref began, Stopwatch.GetTimestamp());
    }

    public void Dispose() => timer.Dispose();

    private void Look()
    {
        if (Stopwatch.GetElapsedTime(Volatile.Read(ref began)) < Longest)
            return;
        output.WriteLine($"attack {Volatile.Read(ref number)} has run for more than {Longest.TotalSeconds} s");
        Environment.Exit(1);
    }
}

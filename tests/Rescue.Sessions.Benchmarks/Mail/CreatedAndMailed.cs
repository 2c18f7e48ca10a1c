using Rescue.Sessions.Benchmarks.Durable;
using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.Benchmarks.Mail;

/// <summary>P15: sessions that are made over HTTP and whose invitations the mail server has taken, against making alone and sending alone.</summary>
internal sealed class CreatedAndMailed : IFigure
{
    private const double Target = 0.6;

    /// <summary>As many connections as the figure that measures sending alone.</summary>
    private const int Connections = 4;

    /// <summary>One operation: so many that the way of the first and of the last one is little beside them.</summary>
    private const int Sessions = 500;

    public string Name => "p15";

    public string Title => "created and mailed";

    public string Promise => "sessions created by HTTP and mailed, end to end / the slower of creating (P5) and sending (P1) alone: at least 0.6 of its throughput";

    public async Task<bool> RunAsync(TextWriter output) =>
        await MeasureAsync(() => new SqliteEngine(), output) & await MeasureAsync(() => new PostgreSqlEngine(), output);

    private static async Task<bool> MeasureAsync(Func<IEngine> start, TextWriter output)
    {
        await using var server = await PostfixSink.StartAsync(CancellationToken.None);
        using var engine = start();
        using var apart = start();
        using var desk = await DurableDesk.OpenAsync(apart.Configure);
        using var mail = new OurMail(new(), server.Port, Connections);
        await using var process = await MailingProcess.StartAsync(engine, server.Port);
        var whole = Many("end to end", process.Prepare);

        var run = new PairedRun(output) { BatchTime = TimeSpan.FromSeconds(2), Pairs = 5, WarmUps = 12 };
        var creating = 1 / await run.MeasureRatioAsync(whole, Many("creating", new SessionCreations().LibraryOn(apart, desk).Prepare));
        var sending = 1 / await run.MeasureRatioAsync(whole, Many("sending", mail.Prepare));
        output.WriteLine($"{engine.Name}: {creating:N2} of the throughput of creating alone, {sending:N2} of sending alone");
        return run.AtLeast($"{engine.Name}: median ratio of throughput to the slower", Math.Max(creating, sending), Target);
    }

    private static Contender Many(string name, Func<int, Task<Func<Task>>> prepare) => new($"{name}, {Sessions} times", count => prepare(count * Sessions));
}

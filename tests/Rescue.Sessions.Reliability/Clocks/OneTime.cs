using System.Diagnostics;
using Rescue.Sessions.Reliability.Nodes;
using Rescue.Sessions.Reliability.Nodes.Mail;
using Rescue.Sessions.Reliability.Nodes.Weaknesses;

namespace Rescue.Sessions.Reliability.Clocks;

/// <summary>R11: three machines whose clocks are five minutes apart share sessions that live for seconds, and agree on when each ends.</summary>
internal sealed class OneTime : IFigure
{
    private const int ControlSessions = 90;
    private const int SessionsAtOnce = 100;

    private static readonly TimeSpan[] Skews = [TimeSpan.FromMinutes(-5), TimeSpan.Zero, TimeSpan.FromMinutes(5)];

    // Long enough that another node could think that the lease had ended meanwhile.
    private static readonly TimeSpan MailServerDelay = TimeSpan.FromMilliseconds(100);

    // A node that starts on a busy machine may know the server's clock to a second only, until it measures it again half a minute later.
    private static readonly TimeSpan MostError = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(3);

    public string Name => "r11";

    public string Promise => "nodes at -5, 0 and +5 minutes on one PostgreSQL: no late start, no early expiry, no mail sent twice";

    public int FullCount => 5_000;

    public async Task<bool> RunAsync(RunArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var control = await RunAsync(Weakness.OwnClock, arguments with { First = 0, Count = ControlSessions }, cancellationToken);
        output.WriteLine($"control: each machine's own clock: {control}");
        if (!control.HasSeenDisagreement)
            throw new VoidRunException("machines that go by their own clocks agreed, so nothing was wrong with the clocks.");

        var tally = await RunAsync(Weakness.None, arguments, cancellationToken);
        output.WriteLine($"the server's clock: {tally}");
        return tally.IsClean;
    }

    private static async Task<ClockTally> RunAsync(Weakness weakness, RunArguments arguments, CancellationToken cancellationToken)
    {
        using var sink = new MailSink(MailServerDelay);
        using var database = new PostgreSqlNodes();
        var settings = new NodeSettings
        {
            Weakness = weakness, SmtpPort = sink.Port, Validity = ShortLife.Validity, Waiting = ShortLife.Waiting,
        };
        using var cluster = await Cluster.StartAsync(database, settings, Skews, cancellationToken);
        if (weakness == Weakness.None)
            await AgreeAsync(cluster, cancellationToken);
        var tally = new ClockTally(sink);
        await Parallel.ForAsync(
            arguments.First,
            arguments.First + arguments.Count,
            new ParallelOptions { MaxDegreeOfParallelism = SessionsAtOnce, CancellationToken = cancellationToken },
            async (number, token) => await new ShortLife(cluster, tally, arguments.RandomOf(number)).RunAsync(number, token));
        return tally;
    }

    private static async Task AgreeAsync(Cluster cluster, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        for (var number = 0; number < Cluster.Size;)
        {
            if (await ErrorAsync(cluster[number], cancellationToken) <= MostError)
                number++;
            else if (Stopwatch.GetElapsedTime(began) < LongestStart)
                await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
            else
                throw new VoidRunException("the machine is too busy for nodes to know the server's clock.");
        }
    }

    // By how much a node may be wrong at most; this machine is the server's.
    private static async Task<TimeSpan> ErrorAsync(NodeProcess node, CancellationToken cancellationToken)
    {
        var before = TimeProvider.System.GetUtcNow();
        var answer = (await node.GetAsync(Node.Clock, technician: null, cancellationToken)).Require();
        var after = TimeProvider.System.GetUtcNow();
        var there = answer.Body.GetProperty("now").GetDateTimeOffset();
        return (there - before).Duration() > (there - after).Duration() ? (there - before).Duration() : (there - after).Duration();
    }
}

using System.Diagnostics;
using Rescue.Sessions.Reliability.Nodes;
using Rescue.Sessions.Reliability.Nodes.Mail;
using Rescue.Sessions.Reliability.Nodes.Weaknesses;

namespace Rescue.Sessions.Reliability.Load;

/// <summary>
/// What one event costs among few open streams and among ten times as many that do not concern it, in time on processors and in statements, and never by the
/// wall. The control reads the store for each stream, and must cost more.
/// </summary>
internal static class StreamCost
{
    private const int Few = 20;
    private const int Many = 200;
    private const int Events = 200;

    // What the machine and the compiler do beside it only adds.
    private const int Rounds = 3;

    // What gets busy beside it after the few have been measured makes the many dearer; what a stream really costs is over the limit every time.
    private const int Tries = 3;
    private const double MostCpu = 1.5;
    private const double MostStatements = 1.2;

    // Nodes ask the database now and then where nothing happens, too; what an event costs is what comes on top.
    private static readonly TimeSpan IdleFor = TimeSpan.FromSeconds(1);

    public static async Task<bool> HoldsAsync(TextWriter output, CancellationToken cancellationToken)
    {
        var control = await MeasureAsync(Weakness.StreamsRead, cancellationToken);
        output.WriteLine($"control: each stream reads the store: {control}");
        if (control.Statements <= MostStatements)
            throw new VoidRunException("streams that read the store are not seen.");

        var growth = new Growth(double.MaxValue, double.MaxValue);
        for (var tried = 0; tried < Tries && !growth.IsWithin; tried++)
        {
            growth = growth.Least(await MeasureAsync(Weakness.None, cancellationToken));
            output.WriteLine($"an event among {Many} streams by one among {Few}: {growth} (at most {MostCpu}, {MostStatements})");
        }

        return growth.IsWithin;
    }

    private static async Task<Growth> MeasureAsync(Weakness weakness, CancellationToken cancellationToken)
    {
        using var database = new PostgreSqlNodes(countsStatements: true);
        using var sink = new MailSink();
        using var cluster = await Cluster.StartAsync(database, new() { Weakness = weakness, SmtpPort = sink.Port }, [], cancellationToken);
        await database.ExecuteAsync("CREATE EXTENSION pg_stat_statements", cancellationToken);
        var traffic = new HelpDeskTraffic(cluster, sink, new());
        var active = await traffic.BeginAsync(0, cancellationToken);
        // What the first events cost is compiling.
        await MakeEventsAsync(traffic, active, cancellationToken);
        await ManyAsync(1, Few, traffic, cancellationToken);
        var idle = await IdleAsync(database, cancellationToken);
        var few = await CostAsync(cluster, database, traffic, active, idle, cancellationToken);
        await ManyAsync(1 + Few, Many - Few, traffic, cancellationToken);
        var many = await CostAsync(cluster, database, traffic, active, idle, cancellationToken);
        return new(many.Cpu / few.Cpu, many.Statements / few.Statements);
    }

    private static Task ManyAsync(int first, int count, HelpDeskTraffic traffic, CancellationToken cancellationToken) =>
        Parallel.ForAsync(first, first + count, cancellationToken, async (number, token) => await traffic.ArriveAsync(number, token));

    private static async Task<double> IdleAsync(PostgreSqlNodes database, CancellationToken cancellationToken)
    {
        await ResetAsync(database, cancellationToken);
        var began = Stopwatch.GetTimestamp();
        await Task.Delay(IdleFor, cancellationToken);
        return await StatementsAsync(database, cancellationToken) / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task<(TimeSpan Cpu, double Statements)> CostAsync(
        Cluster cluster, PostgreSqlNodes database, HelpDeskTraffic traffic, WaitingCustomer active, double idle, CancellationToken cancellationToken)
    {
        var least = (Cpu: TimeSpan.MaxValue, Statements: double.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            var (cpu, statements) = await CostOnceAsync(cluster, database, traffic, active, idle, cancellationToken);
            least = (cpu < least.Cpu ? cpu : least.Cpu, Math.Min(statements, least.Statements));
        }

        return least;
    }

    private static async Task<(TimeSpan Cpu, double Statements)> CostOnceAsync(
        Cluster cluster, PostgreSqlNodes database, HelpDeskTraffic traffic, WaitingCustomer active, double idle, CancellationToken cancellationToken)
    {
        await ResetAsync(database, cancellationToken);
        var (before, began) = (LoadParts.Read(cluster, database), Stopwatch.GetTimestamp());
        await MakeEventsAsync(traffic, active, cancellationToken);
        var (after, took) = (LoadParts.Read(cluster, database), Stopwatch.GetElapsedTime(began));
        var statements = await StatementsAsync(database, cancellationToken) - (idle * took.TotalSeconds);
        return (after.Nodes.Cpu + after.Database.Cpu - before.Nodes.Cpu - before.Database.Cpu, statements);
    }

    private static async Task ResetAsync(PostgreSqlNodes database, CancellationToken cancellationToken) =>
        await database.CountAsync("SELECT 1 FROM (SELECT pg_stat_statements_reset()) AS begun", cancellationToken);

    private static Task<long> StatementsAsync(PostgreSqlNodes database, CancellationToken cancellationToken) =>
        database.CountAsync("SELECT sum(calls) FROM pg_stat_statements", cancellationToken);

    private static async Task MakeEventsAsync(HelpDeskTraffic traffic, WaitingCustomer active, CancellationToken cancellationToken)
    {
        for (var made = 0; made < Events; made += 2)
            await traffic.HoldAndResumeAsync(active, cancellationToken);
    }

    private readonly record struct Growth(double Cpu, double Statements)
    {
        public bool IsWithin => Cpu <= MostCpu && Statements <= MostStatements;

        public Growth Least(Growth other) => new(Math.Min(Cpu, other.Cpu), Math.Min(Statements, other.Statements));

        public override string ToString() => $"{Cpu:0.00} times the CPU, {Statements:0.00} times the statements";
    }
}

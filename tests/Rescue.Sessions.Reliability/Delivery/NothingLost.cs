using Rescue.Sessions.Reliability.Nodes;
using Rescue.Sessions.Reliability.Nodes.Mail;
using Rescue.Sessions.Reliability.Nodes.Weaknesses;

namespace Rescue.Sessions.Reliability.Delivery;

/// <summary>
/// R8: nodes and the database server are killed while technicians invite customers. Every invitation that was acknowledged arrives, and arrives
/// again only where an answer was lost.
/// </summary>
internal sealed class NothingLost : IFigure
{
    // Or as many as the run has, if that is less.
    private const int ControlMails = 200;

    // SQLite is the smaller part: one machine has less to kill.
    private const int SqliteShare = 5;

    // As a mail server some way off does: the longer an answer takes, the more often a kill comes before it.
    private static readonly TimeSpan MailServerDelay = TimeSpan.FromMilliseconds(20);

    // With one mail at a time, slow enough that a node always has some in its memory when it is killed, however fast the machine is.
    private static readonly TimeSpan ControlDelay = TimeSpan.FromSeconds(1);

    public string Name => "r8";

    public string Promise => "kill -9 of nodes and PostgreSQL while mails are sent: 0 lost, duplicates never more than unknown outcomes, and identical";

    public int FullCount => 100_000;

    public async Task<bool> RunAsync(RunArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        using (var weakened = new SqliteFile())
        {
            var control = await RunAsync(weakened, Weakness.MailInMemory, ControlDelay, arguments with { Count = Math.Min(ControlMails, arguments.Count) }, cancellationToken);
            output.WriteLine($"control: {weakened.Name}, mails kept in memory until they are sent: {control}");
            if (control.Lost == 0)
                throw new VoidRunException("nothing was lost without the outbox, so the attack is too weak to see anything.");
        }

        // Both at once, for most of the time is spent waiting for leases to end.
        using var sqlite = new SqliteFile();
        using var postgres = new PostgreSqlNodes();
        var tallies = await Task.WhenAll(
            RunAsync(sqlite, Weakness.None, MailServerDelay, arguments with { Count = Math.Max(1, arguments.Count / SqliteShare) }, cancellationToken),
            RunAsync(postgres, Weakness.None, MailServerDelay, arguments, cancellationToken));
        output.WriteLine($"{sqlite.Name}, {Cluster.Size} processes: {tallies[0]}");
        output.WriteLine($"{postgres.Name}, {Cluster.Size} processes: {tallies[1]}");
        return tallies.All(tally => tally.IsClean);
    }

    private static async Task<DeliveryTally> RunAsync(
        NodeDatabase database, Weakness weakness, TimeSpan mailServerDelay, RunArguments arguments, CancellationToken cancellationToken)
    {
        using var sink = new MailSink(mailServerDelay);
        using var cluster = await Cluster.StartAsync(
            database, new() { Weakness = weakness, SmtpPort = sink.Port, Quiet = true }, [], cancellationToken);
        var load = new InvitationLoad(cluster, sink, arguments);
        var killer = new Killer(cluster, database, load, arguments);
        var loading = load.RunAsync(cancellationToken);
        await killer.RunAsync(loading, cancellationToken);
        await loading;
        var drain = await Drain.WaitAsync(database, sink, load, cancellationToken);
        return await DeliveryTally.TakeAsync(cluster[0], sink, load, killer, drain, cancellationToken);
    }
}

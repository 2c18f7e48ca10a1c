using System.Diagnostics;
using System.Globalization;
using Rescue.Sessions.Reliability.Nodes;
using Rescue.Sessions.Reliability.Nodes.Mail;

namespace Rescue.Sessions.Reliability.Delivery;

/// <summary>What was acknowledged, what the nodes have recorded and what has arrived, side by side.</summary>
internal sealed class DeliveryTally
{
    private const int Page = 100;
    private static readonly TimeSpan LongestDrain = TimeSpan.FromMinutes(3);

    private readonly int acknowledged;
    private readonly Killer killer;
    private readonly TimeSpan drain;

    private int duplicates;
    private int unknownOutcomes;
    private int unexplained;
    private int different;
    private int wrongLinks;
    private int sessions;
    private int recordedAsUnknown;
    private int unrecorded;
    private int untrue;

    private DeliveryTally(InvitationLoad load, Killer killer, long drained)
    {
        acknowledged = load.Links.Count;
        this.killer = killer;
        drain = Stopwatch.GetElapsedTime(killer.LastRestart, drained);
    }

    /// <summary>Acknowledged to a technician and never seen by the mail server.</summary>
    public int Lost { get; private set; }

    public bool IsClean =>
        Lost + unexplained + different + wrongLinks + unrecorded + untrue == 0 && sessions == acknowledged && duplicates <= unknownOutcomes && drain <= LongestDrain;

    public static async Task<DeliveryTally> TakeAsync(
        NodeProcess node, MailSink sink, InvitationLoad load, Killer killer, long drained, CancellationToken cancellationToken)
    {
        var tally = new DeliveryTally(load, killer, drained);
        foreach (var (number, link) in load.Links)
            tally.Compare(sink.Find(SupportDesk.AddressOf(number)), link);

        string? after = null;
        do
        {
            var page = (await node.GetAsync($"rescue/sessions?limit={Page}&after={after}", SupportDesk.Technician, cancellationToken)).Require();
            foreach (var item in page.Body.GetProperty("items").EnumerateArray())
                tally.Explain(new(page.Status, item), sink);
            after = page.Text("next");
        }
        while (after is not null);
        return tally;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{acknowledged:N0} acknowledged as {sessions:N0} sessions; {Lost:N0} lost, {untrue:N0} of them recorded as sent, {duplicates:N0} duplicates of {unknownOutcomes:N0} unknown outcomes, "
        + $"{unexplained:N0} unexplained, {different:N0} different, {wrongLinks:N0} with another link, {recordedAsUnknown:N0} recorded as unknown, {unrecorded:N0} as neither that nor sent; "
        + $"killed {killer.Nodes:N0} nodes and {killer.Servers:N0} servers; all out {drain.TotalSeconds:N0} s after the last restart");

    private void Compare(ReceivedMail? mail, string link)
    {
        if (mail is null)
        {
            Lost++;
            return;
        }

        duplicates += mail.Times - 1;
        if (!mail.AreIdentical)
            different++;
        if (mail.Link != link)
            wrongLinks++;
    }

    // What was begun more than once had an answer that nobody recorded; a mail may have come once for each time, and three times at most.
    private void Explain(NodeAnswer session, MailSink sink)
    {
        sessions++;
        var state = session.Text("invitation", "state");
        // Killed three times on its way: the technician is told that nobody knows, and it is not sent again.
        if (state == "unknown")
            recordedAsUnknown++;
        else if (state != "sent")
            unrecorded++;
        else if (sink.Find(session.Text("invitation", "to")!) is null)
            untrue++;
        var attempts = int.Parse(session.Text("invitation", "attempts") ?? "0", CultureInfo.InvariantCulture);
        unknownOutcomes += Math.Max(0, attempts - 1);
        if (sink.Find(session.Text("invitation", "to")!) is { } mail && mail.Times > Math.Min(attempts, 3))
            unexplained++;
    }
}

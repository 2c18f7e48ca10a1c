using Rescue.Sessions.Lifecycle;
using static Rescue.Sessions.Lifecycle.SessionStatus;
using static Rescue.Sessions.Lifecycle.SessionTrigger;

namespace Rescue.Sessions.Tests.Lifecycle;

public sealed class SessionLifecycleTests
{
    // The life as the project describes it to people, written down a second time and in another shape. "Back" is the status before.
    private const string Life = """
        Connecting    Join Connecting, Ready Waiting, AutoStart Active, Expire Closed, Revoke Closed, ConnectingTimeOut Closed, Decline Closed, Leave Closed, Close Closed, Abort Closed
        Waiting       Join Waiting, Start Active, Transfer Transferring, LoseConnection Reconnecting, Reboot Rebooting, WaitingTimeOut Closed, Leave Closed, Close Closed, Revoke Closed, Abort Closed
        Active        Join Active, Hold OnHold, Transfer Transferring, Reboot Rebooting, LoseConnection Reconnecting, IdleTimeOut TimedOut, Leave Closed, Close Closed, Abort Closed
        OnHold        Join OnHold, Start Active, Resume Active, HoldTimeOut Closed, Leave Closed, Close Closed, Abort Closed
        Transferring  Join Transferring, AcceptTransfer Active, DeclineTransfer Back, TakeBackTransfer Back, TransferTimeOut Back, IdleTimeOut TimedOut, LoseConnection Reconnecting, Reboot Rebooting, Leave Closed, Close Closed, Abort Closed
        Rebooting     Join Rebooting, Ready Back, GoOffline Offline, Leave Closed, Close Closed, Abort Closed
        Reconnecting  Join Reconnecting, Ready Back, Return Back, GoOffline Offline, WaitingTimeOut Closed, Leave Closed, Close Closed, Abort Closed
        Offline       Join Offline, Ready Back, Return Back, WaitingTimeOut Closed, Leave Closed, Close Closed, Abort Closed
        TimedOut      Join TimedOut, Leave Closed, Close Closed, Abort Closed
        """;

    private static readonly Dictionary<(SessionStatus, SessionTrigger), string> Expected = Read();

    public static TheoryData<SessionStatus, SessionTrigger> EveryPair =>
        [.. from status in Enum.GetValues<SessionStatus>() from trigger in Enum.GetValues<SessionTrigger>() select (status, trigger)];

    [Theory]
    [MemberData(nameof(EveryPair))]
    public void Find_EveryPair_LeadsWhereTheDescriptionSays(SessionStatus from, SessionTrigger trigger)
    {
        var row = SessionLifecycle.Find(from, trigger);

        var leadsTo = row is null ? null : row.To?.ToString() ?? "Back";
        leadsTo.Should().Be(Expected.GetValueOrDefault((from, trigger)));
        if (row is not null)
            (row.From, row.Trigger).Should().Be((from, trigger));
    }

    [Fact]
    public void Permitted_EachStatus_IsItsLineOfTheDescription()
    {
        foreach (var status in Enum.GetValues<SessionStatus>())
            SessionLifecycle.Permitted(status).Should().BeEquivalentTo(Expected.Keys.Where(pair => pair.Item1 == status).Select(pair => pair.Item2));
    }

    [Fact]
    public void Permitted_Closed_IsNothing() => SessionLifecycle.Permitted(Closed).Should().BeEmpty();

    [Fact]
    public void RowsOf_EachTrigger_AreItsRowsOfTheTable()
    {
        foreach (var trigger in Enum.GetValues<SessionTrigger>())
            SessionLifecycle.RowsOf(trigger).Should().Equal(SessionLifecycle.Transitions.Where(row => row.Trigger == trigger));
        SessionLifecycle.Transitions.Should().HaveCount(Expected.Count);
    }

    [Fact]
    public void Transitions_EndReason_IsThereExactlyWhenTheSessionCloses() =>
        SessionLifecycle.Transitions.Should().OnlyContain(row => (row.To == Closed) == (row.End != null));

    /// <summary>However late somebody looks, time has done with a session.</summary>
    [Fact]
    public void Transitions_OfTimeAlone_LeadInNoCircle()
    {
        SessionTrigger[] ofTime = [Expire, ConnectingTimeOut, WaitingTimeOut, IdleTimeOut, HoldTimeOut, TransferTimeOut, GoOffline];
        var leads = SessionLifecycle.Transitions.Where(row => ofTime.Contains(row.Trigger))
            .SelectMany(row => (row.To is { } to ? [to] : (SessionStatus[])[Waiting, Active]).Select(to => (row.From, To: to))).ToArray();

        foreach (var status in Enum.GetValues<SessionStatus>())
        {
            SessionStatus[] reached = [status];
            for (var steps = 0; steps < 3; steps++)
                reached = [.. leads.Where(lead => reached.Contains(lead.From)).Select(lead => lead.To)];
            reached.Should().BeEmpty();
        }
    }

    [Theory]
    [InlineData(Connecting, Leave, SessionEnd.ByWaitingCustomer)]
    [InlineData(Waiting, Leave, SessionEnd.ByWaitingCustomer)]
    [InlineData(Active, Leave, SessionEnd.ByCustomer)]
    [InlineData(OnHold, Leave, SessionEnd.ByCustomer)]
    [InlineData(Offline, Leave, SessionEnd.ByCustomer)]
    [InlineData(Connecting, Decline, SessionEnd.Declined)]
    [InlineData(Connecting, Revoke, SessionEnd.Revoked)]
    [InlineData(Waiting, Revoke, SessionEnd.Revoked)]
    [InlineData(Connecting, Expire, SessionEnd.Expired)]
    [InlineData(Connecting, ConnectingTimeOut, SessionEnd.ConnectingTimedOut)]
    [InlineData(Waiting, WaitingTimeOut, SessionEnd.WaitingTimedOut)]
    [InlineData(OnHold, HoldTimeOut, SessionEnd.HoldTimedOut)]
    [InlineData(Active, Close, SessionEnd.ByTechnician)]
    [InlineData(TimedOut, Close, SessionEnd.ByTechnician)]
    [InlineData(Active, Abort, SessionEnd.Aborted)]
    public void Find_ClosingRow_HasItsReason(SessionStatus from, SessionTrigger trigger, SessionEnd end) =>
        SessionLifecycle.Find(from, trigger)!.End.Should().Be(end);

    [Fact]
    public void Transitions_Actor_IsTheOneWhoMayCauseTheTrigger()
    {
        var actors = new Dictionary<SessionActor, SessionTrigger[]>
        {
            [SessionActor.Customer] = [Join, Ready, Leave, Decline],
            [SessionActor.Technician] = [Start, Hold, Resume, Transfer, AcceptTransfer, DeclineTransfer, TakeBackTransfer, Reboot, Close, Revoke],
            [SessionActor.Timer] = [Expire, ConnectingTimeOut, WaitingTimeOut, IdleTimeOut, HoldTimeOut, TransferTimeOut],
            [SessionActor.Network] = [LoseConnection, GoOffline, Return],
            [SessionActor.Policy] = [AutoStart, Abort],
        };

        foreach (var row in SessionLifecycle.Transitions)
            actors[row.Actor].Should().Contain(row.Trigger);
        actors.Values.SelectMany(triggers => triggers).Should().BeEquivalentTo(Enum.GetValues<SessionTrigger>());
    }

    [Theory]
    [InlineData(TechnicianRole.Owner, Hold, Transfer, Reboot)]
    [InlineData(TechnicianRole.Recipient, AcceptTransfer, DeclineTransfer)]
    [InlineData(TechnicianRole.Sender, TakeBackTransfer)]
    [InlineData(TechnicianRole.Any, Start, Resume, Close, Revoke)]
    public void Transitions_Role_IsTheSameInEveryRowOfATrigger(object role, params SessionTrigger[] triggers)
    {
        SessionLifecycle.Transitions.Where(row => triggers.Contains(row.Trigger)).Should().OnlyContain(row => Equals(row.Role, role) && row.Actor == SessionActor.Technician);
        SessionLifecycle.Transitions.Where(row => row.Actor == SessionActor.Technician && Equals(row.Role, role)).Select(row => row.Trigger).Distinct()
            .Should().BeEquivalentTo(triggers);
    }

    private static Dictionary<(SessionStatus, SessionTrigger), string> Read() =>
        (from line in Life.Split('\n', StringSplitOptions.RemoveEmptyEntries)
         let status = Enum.Parse<SessionStatus>(line.Split(' ')[0])
         from entry in line[line.IndexOf(' ', StringComparison.Ordinal)..].Split(',', StringSplitOptions.TrimEntries)
         let words = entry.Split(' ')
         select ((status, Enum.Parse<SessionTrigger>(words[0])), words[1])).ToDictionary();
}

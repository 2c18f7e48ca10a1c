using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Lifecycle;

public sealed class SessionTimeoutsTests
{
    private static readonly DateTimeOffset Now = SupportDesk.Morning;

    [Fact]
    public void Entering_StatusWithATimeOut_HasItsDeadline()
    {
        var timeouts = From(waiting: 40, idle: 50);

        timeouts.Entering(SessionStatus.Waiting, Now).Should().Be(new SessionDeadline(Now.AddMinutes(40), SessionTrigger.WaitingTimeOut));
        timeouts.Entering(SessionStatus.Active, Now).Should().Be(new SessionDeadline(Now.AddMinutes(50), SessionTrigger.IdleTimeOut));
        timeouts.Entering(SessionStatus.Closed, Now).Should().BeNull();
    }

    [Fact]
    public void Entering_ZeroTimeOuts_HasNone()
    {
        var timeouts = From();

        timeouts.Entering(SessionStatus.Waiting, Now).Should().BeNull();
        timeouts.Entering(SessionStatus.Active, Now).Should().BeNull();
        timeouts.Joined(Now).Should().BeNull();
    }

    [Theory]
    [InlineData(30, 20, 20, SessionTrigger.Expire)]
    [InlineData(20, 30, 20, SessionTrigger.ConnectingTimeOut)]
    [InlineData(20, 20, 20, SessionTrigger.Expire)]
    [InlineData(0, 30, 30, SessionTrigger.Expire)]
    public void Unjoined_CodeAndConnectingTimeOut_TakesTheFirst(int connecting, int validity, int expected, SessionTrigger trigger) =>
        From(connecting).Unjoined(Now, Now.AddMinutes(validity)).Should().Be(new SessionDeadline(Now.AddMinutes(expected), trigger));

    [Fact]
    public void Joined_ConnectingTimeOut_CountsFromTheMakingOfTheSession() =>
        From(connecting: 30).Joined(Now.AddMinutes(-10)).Should().Be(new SessionDeadline(Now.AddMinutes(20), SessionTrigger.ConnectingTimeOut));

    [Theory]
    [InlineData(SessionStatus.Waiting, 0, 40, SessionTrigger.WaitingTimeOut)]
    [InlineData(SessionStatus.Waiting, 30, 40, SessionTrigger.WaitingTimeOut)]
    [InlineData(SessionStatus.Waiting, 50, 50, SessionTrigger.WaitingTimeOut)]
    [InlineData(SessionStatus.Reconnecting, 30, 35, SessionTrigger.GoOffline)]
    [InlineData(SessionStatus.Reconnecting, 35, 40, SessionTrigger.WaitingTimeOut)]
    [InlineData(SessionStatus.Reconnecting, 38, 40, SessionTrigger.WaitingTimeOut)]
    [InlineData(SessionStatus.Offline, 20, 40, SessionTrigger.WaitingTimeOut)]
    [InlineData(SessionStatus.Rebooting, 38, 43, SessionTrigger.GoOffline)]
    [InlineData(SessionStatus.Active, 20, 70, SessionTrigger.IdleTimeOut)]
    public void EnteringUntaken_WaitingSinceTheBeginning_EndsInItsTime(SessionStatus status, int at, int due, SessionTrigger trigger) =>
        (From(waiting: 40, idle: 50) with { Offline = TimeSpan.FromMinutes(5) }).EnteringUntaken(status, Now.AddMinutes(at), Now)
            .Should().Be(new SessionDeadline(Now.AddMinutes(due), trigger));

    [Fact]
    public void EnteringUntaken_ZeroTimeOut_HasNone()
    {
        From().EnteringUntaken(SessionStatus.Waiting, Now, Now).Should().BeNull();
        From().EnteringUntaken(SessionStatus.Reconnecting, Now, Now).Should().BeNull();
        From().EnteringUntaken(SessionStatus.Offline, Now, Now).Should().BeNull();
    }

    private static SessionTimeouts From(int connecting = 0, int waiting = 0, int idle = 0) => new()
    {
        Connecting = TimeSpan.FromMinutes(connecting), Waiting = TimeSpan.FromMinutes(waiting), ActiveIdle = TimeSpan.FromMinutes(idle),
    };
}

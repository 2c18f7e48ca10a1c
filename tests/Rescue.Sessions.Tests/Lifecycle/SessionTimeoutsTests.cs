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

    private static SessionTimeouts From(int connecting = 0, int waiting = 0, int idle = 0) => new()
    {
        Connecting = TimeSpan.FromMinutes(connecting), Waiting = TimeSpan.FromMinutes(waiting), ActiveIdle = TimeSpan.FromMinutes(idle),
    };
}

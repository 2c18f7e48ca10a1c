using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Lifecycle;

public sealed class StatusDeadlinesTests
{
    private static readonly DateTimeOffset Now = SupportDesk.Morning;

    [Fact]
    public void Entering_StatusWithATimeOut_HasItsDeadline()
    {
        var deadlines = From(waiting: 40, idle: 50);

        deadlines.Entering(SessionStatus.Waiting).Should().Be(new SessionDeadline(Now.AddMinutes(40), SessionTrigger.WaitingTimeOut));
        deadlines.Entering(SessionStatus.Active).Should().Be(new SessionDeadline(Now.AddMinutes(50), SessionTrigger.IdleTimeOut));
        deadlines.Entering(SessionStatus.Closed).Should().BeNull();
    }

    [Fact]
    public void Entering_ZeroTimeOuts_HasNone()
    {
        var deadlines = From();

        deadlines.Entering(SessionStatus.Waiting).Should().BeNull();
        deadlines.Entering(SessionStatus.Active).Should().BeNull();
        deadlines.Joined(Now).Should().BeNull();
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

    private static StatusDeadlines From(int connecting = 0, int waiting = 0, int idle = 0) => StatusDeadlines.From(
        new() { Connecting = TimeSpan.FromMinutes(connecting), Waiting = TimeSpan.FromMinutes(waiting), ActiveIdle = TimeSpan.FromMinutes(idle) }, Now);
}

using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Tests.Support;
using static Rescue.Sessions.Lifecycle.SessionStatus;

namespace Rescue.Sessions.Tests.Lifecycle;

public sealed class SessionHistoryTests
{
    private static readonly SessionHistory History = new([At(0, Connecting), At(3, Waiting), At(5, Active), At(9, OnHold), At(20, Active), At(21, Active), At(25, Closed)]);

    [Theory]
    [InlineData(Connecting, 3)]
    [InlineData(Waiting, 2)]
    [InlineData(Active, 9)]
    [InlineData(OnHold, 11)]
    [InlineData(Rebooting, 0)]
    public void TimeIn_Status_AddsUpAllVisits(SessionStatus status, int minutes) =>
        History.TimeIn(status, Minute(60)).Should().Be(TimeSpan.FromMinutes(minutes));

    [Fact]
    public void TimeIn_PresentStatus_RunsOn() =>
        new SessionHistory([At(0, Connecting), At(3, Waiting)]).TimeIn(Waiting, Minute(10)).Should().Be(TimeSpan.FromMinutes(7));

    [Fact]
    public void TimeIn_LastEventIsAheadOfTheClock_IsNotNegative() =>
        new SessionHistory([At(0, Connecting), At(3, Waiting)]).TimeIn(Waiting, Minute(1)).Should().Be(TimeSpan.Zero);

    [Fact]
    public void TimePerStatus_ClosedSession_LeavesTheTimeSinceOut() =>
        History.TimePerStatus(Minute(60)).Should().BeEquivalentTo(new Dictionary<SessionStatus, TimeSpan>
        {
            [Connecting] = TimeSpan.FromMinutes(3), [Waiting] = TimeSpan.FromMinutes(2),
            [Active] = TimeSpan.FromMinutes(9), [OnHold] = TimeSpan.FromMinutes(11),
        });

    private static DateTimeOffset Minute(int minute) => SupportDesk.Morning.AddMinutes(minute);

    private static SessionEvent At(int minute, SessionStatus to) => new()
    {
        Session = SessionId.New(SupportDesk.Morning), Tenant = "t", At = Minute(minute), Kind = SessionEventKind.Transition,
        Actor = SessionActor.Service, From = to, To = to,
    };
}

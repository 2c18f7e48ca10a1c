using Rescue.Sessions.Lifecycle;
using static Rescue.Sessions.Lifecycle.SessionStatus;
using static Rescue.Sessions.Lifecycle.SessionTrigger;

namespace HelpDesk.Tests.WholePath;

/// <summary>The same while somebody helps, and after an interruption.</summary>
public sealed class DuringHelpRowTests
{
    [Theory]
    [InlineData(Rebooting, Close, Closed, "its session has already ended", 4)]
    [InlineData(Reconnecting, Return, Active, "Alice Martin has started", null)]
    [InlineData(Reconnecting, Leave, Closed, "You have left", 0)]
    [InlineData(SessionStatus.Offline, Close, Closed, "The technician has ended", 0)]
    [InlineData(TimedOut, Join, TimedOut, "Type \"yes\"", null)]
    public Task Row_WithTheRealApplet_IsToldToTheCustomer(SessionStatus from, SessionTrigger trigger, SessionStatus to, string words, int? exitCode) =>
        RealRow.DriveAsync(new(from, trigger, to, words, exitCode));
}

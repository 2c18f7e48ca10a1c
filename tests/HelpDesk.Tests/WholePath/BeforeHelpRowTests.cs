using Rescue.Sessions.Lifecycle;
using static Rescue.Sessions.Lifecycle.SessionStatus;
using static Rescue.Sessions.Lifecycle.SessionTrigger;

namespace HelpDesk.Tests.WholePath;

/// <summary>
/// What the customer's own program does and says from the code to the queue, where it is the process that matters: it starts, starts again, is told to end, or learns
/// only later what has happened. What is merely said is in the tests of its words.
/// </summary>
public sealed class BeforeHelpRowTests
{
    [Theory]
    [InlineData(Connecting, Join, Connecting, "Type \"yes\"", null)]
    [InlineData(Connecting, AutoStart, Active, "Alice Martin has started", null)]
    [InlineData(Connecting, Expire, Closed, "its session has already ended", 4)]
    [InlineData(Connecting, ConnectingTimeOut, Closed, "The session has ended", 0)]
    [InlineData(Waiting, Join, Waiting, "Type \"yes\"", null)]
    [InlineData(Waiting, Leave, Closed, "You have left", 0)]
    [InlineData(Waiting, Revoke, Closed, "withdrawn the code", 0)]
    public Task Row_WithTheRealApplet_IsToldToTheCustomer(SessionStatus from, SessionTrigger trigger, SessionStatus to, string words, int? exitCode) =>
        RealRow.DriveAsync(new(from, trigger, to, words, exitCode));
}

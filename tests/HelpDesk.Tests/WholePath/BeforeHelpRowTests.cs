using Rescue.Sessions.Lifecycle;
using static Rescue.Sessions.Lifecycle.SessionStatus;
using static Rescue.Sessions.Lifecycle.SessionTrigger;

namespace HelpDesk.Tests.WholePath;

/// <summary>What the customer's own program does and says from the code to the queue: one row of the life table for each thing that it can meet there.</summary>
public sealed class BeforeHelpRowTests
{
    [Theory]
    [InlineData(Connecting, Join, Connecting, "Type \"yes\"", null)]
    [InlineData(Connecting, Decline, Closed, "You have declined", 10)]
    [InlineData(Connecting, AutoStart, Active, "Alice Martin has started", null)]
    [InlineData(Connecting, Expire, Closed, "its session has already ended", 4)]
    [InlineData(Connecting, ConnectingTimeOut, Closed, "The session has ended", 0)]
    [InlineData(Waiting, Join, Waiting, "Type \"yes\"", null)]
    [InlineData(Waiting, Leave, Closed, "You have left", 0)]
    [InlineData(Waiting, Revoke, Closed, "withdrawn the code", 0)]
    [InlineData(Waiting, WaitingTimeOut, Closed, "its time was up", 0)]
    [InlineData(Waiting, SessionTrigger.Transfer, Transferring, "passed on", null)]
    public Task Row_WithTheRealApplet_IsToldToTheCustomer(SessionStatus from, SessionTrigger trigger, SessionStatus to, string words, int? exitCode) =>
        RealRow.DriveAsync(new(from, trigger, to, words, exitCode));
}

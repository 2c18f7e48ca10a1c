using System.Globalization;
using Rescue.Sessions.Applet.Events;
using RescueApplet.Languages;
using RescueApplet.Sessions;

namespace Rescue.Sessions.Applet.Tests.Program;

/// <summary>What the customer reads of each status and each end.</summary>
public sealed class StatusWordingTests
{
    public StatusWordingTests() => Language.Use(CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(SessionStatus.Waiting, "Waiting for a technician.")]
    [InlineData(SessionStatus.Active, "Ada has started the session.")]
    [InlineData(SessionStatus.OnHold, "Ada has put the session on hold. Please keep this window open.")]
    [InlineData(SessionStatus.Transferring, "You are being passed on to another technician.")]
    [InlineData(SessionStatus.Rebooting, "The technician is restarting this computer. Afterwards, start this program again.")]
    [InlineData(SessionStatus.TimedOut, "Nothing has happened for too long, and the session cannot go on. If you still need help, please ask your support team for a new link.")]
    [InlineData(SessionStatus.Connecting, null)]
    [InlineData(SessionStatus.Reconnecting, null)]
    [InlineData(SessionStatus.Offline, null)]
    public void Of_Status_IsSaid(SessionStatus status, string? words) => StatusWording.Of(new(status, "Ada", null, null)).Should().Be(words);

    [Theory]
    [InlineData(SessionStatus.Active, "A technician has started the session.")]
    [InlineData(SessionStatus.OnHold, "The session is on hold. Please keep this window open.")]
    public void Of_StatusWithoutAName_IsSaidWithoutIt(SessionStatus status, string words) => StatusWording.Of(new(status, " ", null, null)).Should().Be(words);

    [Theory]
    [InlineData("byTechnician", "The technician has ended the session. Thank you.")]
    [InlineData("byCustomer", "You have ended the session. Thank you.")]
    [InlineData("byWaitingCustomer", "You have ended the session. Thank you.")]
    [InlineData("declined", "You have ended the session. Thank you.")]
    [InlineData("expired", "The session has ended because its time was up. Please ask your support team for a new code.")]
    [InlineData("connectingTimedOut", "The session has ended because its time was up. Please ask your support team for a new code.")]
    [InlineData("waitingTimedOut", "The session has ended because its time was up. Please ask your support team for a new code.")]
    [InlineData("holdTimedOut", "The session has ended because its time was up. Please ask your support team for a new code.")]
    [InlineData("revoked", "The support team has withdrawn the code. Please ask for a new one.")]
    [InlineData("aborted", "The session has ended.")]
    [InlineData("a reason of a later version", "The session has ended.")]
    [InlineData(null, "The session has ended.")]
    public void Of_End_IsSaidByItsReason(string? reason, string words) => StatusWording.Of(new(SessionStatus.Closed, null, reason, null)).Should().Be(words);
}

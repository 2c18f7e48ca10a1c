using Rescue.Sessions.Joining;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Creating;

/// <summary>What mails, pages and the API say of a code's end is when it ends.</summary>
public sealed class CodeExpiryTests
{
    [Theory]
    [InlineData(20, 30, 20, SessionEnd.Expired)]
    [InlineData(240, 30, 30, SessionEnd.ConnectingTimedOut)]
    [InlineData(240, 0, 240, SessionEnd.Expired)]
    public async Task Create_ValidityAndConnectingTimeOut_ExpiresAtIsWhenTheCodeDies(int validity, int connecting, int minutes, SessionEnd end)
    {
        using var desk = Desk(validity, connecting);
        var (session, link) = await desk.CreateAsync();

        session.ExpiresAt.Should().Be(SupportDesk.Morning.AddMinutes(minutes));
        session.IsCodeLive(session.ExpiresAt.AddTicks(-1)).Should().BeTrue();
        desk.Time.Advance(TimeSpan.FromMinutes(minutes));
        (await desk.Customers.JoinAsync(link.Token!, null)).Should().Be(new JoinResult.BadCode(JoinRefusal.Expired));
        (await desk.FindAsync(session.Id)).End.Should().Be(end);
    }

    [Theory]
    [InlineData(20, 30, 30)]
    [InlineData(240, 30, 30)]
    [InlineData(240, 0, null)]
    public async Task Join_LeavesTheConnectingTimeOutAlone(int validity, int connecting, int? minutes)
    {
        using var desk = Desk(validity, connecting);
        var (_, link) = await desk.CreateAsync();

        var joined = await desk.JoinAsync(link);

        joined.Session.Deadline.Should().Be(minutes is { } due ? new SessionDeadline(SupportDesk.Morning.AddMinutes(due), SessionTrigger.ConnectingTimeOut) : null);
    }

    private static SupportDesk Desk(int validity, int connecting) => new(options =>
        (options.Codes.Validity, options.Timeouts.Connecting) = (TimeSpan.FromMinutes(validity), TimeSpan.FromMinutes(connecting)));
}

using Rescue.Sessions.Asking;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Deadlines;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Lifecycle;

/// <summary>What time makes of a session that is offered to a colleague, where it may lie idle for less long than an offer stands.</summary>
public sealed class OfferedSessionTests : IDisposable
{
    private readonly SupportDesk desk = new(options =>
    {
        options.Requests.IsEnabled = true;
        options.Timeouts.ActiveIdle = TimeSpan.FromMinutes(1);
    });

    public void Dispose() => desk.Dispose();

    [Theory]
    [InlineData(false, "offered")]
    [InlineData(false, "reconnecting")]
    [InlineData(false, "rebooting")]
    [InlineData(true, "offered")]
    [InlineData(true, "reconnecting")]
    [InlineData(true, "rebooting")]
    public async Task Offer_OfWhomNobodyHasPickedUp_WaitsForTheAnswerAlone(bool isRequest, string way)
    {
        var (id, key) = isRequest ? await AskedAsync() : await InvitedAsync();
        await desk.Technicians.TransferAsync(desk.Ada, id, "alan");
        await InterruptAsync(id, key, way);
        var offered = await desk.FindAsync(id);
        offered.Should().Match<Session>(session => session.Status == SessionStatus.Transferring
            && session.Deadline == new SessionDeadline(desk.Time.GetUtcNow().AddMinutes(2), SessionTrigger.TransferTimeOut));

        desk.Time.Advance(TimeSpan.FromMinutes(2));

        (await desk.FindAsync(id)).Should().BeEquivalentTo(new { Status = SessionStatus.Waiting, StatusSince = desk.Time.GetUtcNow(), End = (SessionEnd?)null });
    }

    [Theory]
    [InlineData("offered")]
    [InlineData("reconnecting")]
    public async Task Offer_OfAnActiveSession_CanLieIdle(string way)
    {
        var (id, key) = await InvitedAsync();
        await desk.Technicians.StartAsync(desk.Ada, id);
        await desk.Technicians.TransferAsync(desk.Ada, id, "alan");
        await InterruptAsync(id, key, way);

        desk.Time.Advance(TimeSpan.FromMinutes(1));

        (await desk.FindAsync(id)).Should().BeEquivalentTo(new { Status = SessionStatus.TimedOut, StatusSince = desk.Time.GetUtcNow() });
    }

    private async Task InterruptAsync(SessionId id, AppletKey key, string way)
    {
        switch (way)
        {
            case "reconnecting":
                desk.Time.Advance(TimeSpan.FromSeconds(45));
                await desk.Get<SilenceSweep>().RunAsync(default);
                (await desk.FindAsync(id)).Status.Should().Be(SessionStatus.Reconnecting);
                await desk.Applets.HeartbeatAsync(id, key);
                break;
            case "rebooting":
                await desk.Technicians.RebootAsync(desk.Ada, id);
                desk.Time.Advance(TimeSpan.FromMinutes(1));
                await desk.Applets.ReadyAsync(id, key, null, null);
                break;
        }
    }

    private async Task<(SessionId Id, AppletKey Key)> InvitedAsync()
    {
        var (id, _, key) = await desk.WaitingAsync();
        return (id, key);
    }

    private async Task<(SessionId Id, AppletKey Key)> AskedAsync()
    {
        var asked = (AskResult.Asked)await desk.Get<CustomerRequests>().AskAsync(new(desk.Ada.Tenant, "Grace Hopper", "The printer"));
        var joined = await desk.JoinAsync(asked.Link!);
        await desk.Applets.ReadyAsync(asked.Session.Id, joined.Key, null, null);
        return (asked.Session.Id, joined.Key);
    }
}

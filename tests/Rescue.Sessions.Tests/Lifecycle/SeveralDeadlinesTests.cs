using Rescue.Sessions.Asking;
using Rescue.Sessions.Deadlines;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Lifecycle;

/// <summary>Time may have changed a session more than once before anybody records it, as after an outage.</summary>
public sealed class SeveralDeadlinesTests : IDisposable
{
    private readonly SupportDesk desk = new(options =>
    {
        options.Requests.IsEnabled = true;
        options.Timeouts.ActiveIdle = TimeSpan.FromMinutes(10);
        options.Timeouts.Waiting = TimeSpan.FromMinutes(20);
    });

    public void Dispose() => desk.Dispose();

    [Theory]
    [InlineData("active and offered", 1, SessionStatus.Transferring, 0)]
    [InlineData("active and offered", 3, SessionStatus.Active, 2)]
    [InlineData("active and offered", 12, SessionStatus.TimedOut, 12)]
    [InlineData("waiting and offered", 3, SessionStatus.Waiting, 2)]
    [InlineData("waiting and offered", 40, SessionStatus.Closed, 22)]
    [InlineData("request that is rebooting", 6, SessionStatus.Offline, 5)]
    [InlineData("request that is rebooting", 60, SessionStatus.Closed, 30)]
    public async Task Session_AfterMinutes_IsWhatEveryDeadlineHasMadeOfIt(string kind, int minutes, SessionStatus status, int since)
    {
        var id = await BringToAsync(kind);

        desk.Time.Advance(TimeSpan.FromMinutes(minutes));

        var settled = await desk.FindAsync(id);
        settled.Should().BeEquivalentTo(new { Status = status, StatusSince = SupportDesk.Morning.AddMinutes(since) });
        (await desk.Directory.ListAsync(new() { Tenant = desk.Ada.Tenant })).Should().ContainSingle().Which.Should().Be(settled);
        (await desk.Directory.FindDetailsAsync(desk.Ada, id))!.HandOver.Should().Match<object>(secret => (secret != null) == (status == SessionStatus.Active));
        for (var i = 0; i < 3; i++)
            await desk.Get<OverdueSweep>().RunAsync(default);
        var recorded = await desk.FindAsync(id);
        recorded.Should().Be(settled with { Version = recorded.Version }, "what is recorded is what reads have said");
    }

    private async Task<SessionId> BringToAsync(string kind)
    {
        if (kind == "request that is rebooting")
        {
            var asked = (AskResult.Asked)await desk.Get<CustomerRequests>().AskAsync(new(desk.Ada.Tenant, "Grace Hopper", "The printer"));
            var joined = await desk.JoinAsync(asked.Link!);
            await desk.Applets.ReadyAsync(asked.Session.Id, joined.Key, null, null);
            await desk.Technicians.RebootAsync(desk.Ada, asked.Session.Id);
            return asked.Session.Id;
        }

        var (id, _, _) = await desk.WaitingAsync();
        if (kind == "active and offered")
            await desk.Technicians.StartAsync(desk.Ada, id);
        await desk.Technicians.TransferAsync(desk.Ada, id, "alan");
        return id;
    }
}

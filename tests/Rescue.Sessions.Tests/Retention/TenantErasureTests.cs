using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Presence;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Retention;

public sealed class TenantErasureTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EraseTenant_EndsAndErasesAllOfItAndNothingOfOthers()
    {
        using var desk = new SupportDesk();
        // Some whose time is over, which no sweep has recorded.
        await desk.WaitingAsync();
        await desk.CreateAsync();
        desk.Time.Advance(TimeSpan.FromDays(2));
        var (others, _) = await desk.CreateAsync(desk.Stranger);
        await desk.Team.SetPresenceAsync(desk.Ada, TechnicianPresence.Away, Cancellation);
        var (waiting, _, key) = await desk.WaitingAsync();
        var (ended, _) = await desk.CreateAsync();
        await desk.Technicians.CloseAsync(desk.Ada, ended.Id, Cancellation);
        var (active, _, _) = await desk.WaitingAsync();
        await desk.Technicians.StartAsync(desk.Ada, active, Cancellation);
        for (var i = 0; i < 450; i++)
            await desk.CreateAsync();

        var erasure = await desk.PersonalData.EraseTenantAsync(desk.Ada.Tenant, Cancellation);

        erasure.Should().Be(new TenantErasure(455, 0));
        (await desk.Directory.ListAsync(new() { Tenant = desk.Ada.Tenant }, Cancellation)).Should().BeEmpty();
        (await desk.Team.FindPresenceAsync(desk.Ada, Cancellation)).Should().Be(TechnicianPresence.Available);
        (await desk.Store.FindTechniciansAsync(desk.Ada.Tenant, ["ada"], Cancellation))[0].Name.Should().BeNull();
        (await desk.Applets.FindAsync(waiting, key, Cancellation)).Should().BeOfType<AppletResult.UnknownKey>();
        (await desk.Directory.FindAsync(desk.Stranger, others.Id, Cancellation))!.Status.Should().Be(SessionStatus.Connecting);
        (await desk.PersonalData.EraseTenantAsync(desk.Ada.Tenant, Cancellation)).Should().Be(new TenantErasure(0, 0));
    }

    [Fact]
    public async Task AbortTenant_EndsWhatIsOpenAndKeepsWhatIsStored()
    {
        using var desk = new SupportDesk();
        await desk.CreateAsync();
        desk.Time.Advance(TimeSpan.FromDays(2));
        var (others, _) = await desk.CreateAsync(desk.Stranger);
        var (waiting, _, _) = await desk.WaitingAsync();
        var (request, _) = await desk.CreateAsync(desk.Alan);

        var ended = await desk.Technicians.AbortTenantAsync(desk.Ada.Tenant, Cancellation);

        ended.Should().Be(2, "one was over");
        (await desk.Directory.ListAsync(new() { Tenant = desk.Ada.Tenant }, Cancellation)).Should().HaveCount(3).And.OnlyContain(session => session.Status == SessionStatus.Closed);
        foreach (var id in (SessionId[])[waiting, request.Id])
            (await desk.FindAsync(id)).End.Should().Be(SessionEnd.Aborted);
        (await desk.Directory.FindAsync(desk.Stranger, others.Id, Cancellation))!.Status.Should().Be(SessionStatus.Connecting);
        (await desk.Store.ReadEventsAsync(new() { Session = waiting }, Cancellation)).Events[^1].Trigger.Should().Be(SessionTrigger.Abort);
    }
}

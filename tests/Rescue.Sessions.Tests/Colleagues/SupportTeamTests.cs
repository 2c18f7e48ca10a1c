using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Retention;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Colleagues;

public sealed class SupportTeamTests : IDisposable
{
    private readonly StoreProbe probe;
    private readonly SupportDesk desk;

    public SupportTeamTests()
    {
        (var store, probe) = StoreProbe.Create();
        desk = new(options => options.Technicians.Directory = null, services => services.AddSingleton(store));
    }

    private int Notes => probe.CallsOf(nameof(ISessionStore.NoteTechnicianAsync));

    public void Dispose() => desk.Dispose();

    [Fact]
    public async Task Note_ManyTimes_IsWrittenOnceInFiveMinutes_AndForEachTechnicianApart()
    {
        for (var i = 0; i < 100; i++)
            await desk.Team.NoteSeenAsync(desk.Ada);
        await desk.Team.NoteSeenAsync(desk.Alan);
        await desk.Team.NoteSeenAsync(desk.Stranger);
        Notes.Should().Be(3);

        desk.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        await desk.Team.NoteSeenAsync(desk.Ada);
        Notes.Should().Be(3);
        desk.Time.Advance(TimeSpan.FromTicks(1));
        await desk.Team.NoteSeenAsync(desk.Ada);
        Notes.Should().Be(4);
    }

    [Fact]
    public async Task Note_AtOnce_IsWrittenOnce()
    {
        await Parallel.ForAsync(0, 64, async (_, cancellation) => await desk.Team.NoteSeenAsync(desk.Ada, cancellation));

        Notes.Should().Be(1);
    }

    [Theory]
    [InlineData("first seen")]
    [InlineData("seen before")]
    [InlineData("seen by another name")]
    public async Task Note_OfARequestThatIsGivenUp_IsWrittenByTheNext(string when)
    {
        using var givenUp = new CancellationTokenSource();
        if (when == "seen before")
            await desk.Team.NoteSeenAsync(desk.Alan, givenUp.Token);
        else if (when == "seen by another name")
            await desk.Team.NoteSeenAsync(new(desk.Alan.Id, "Al"), givenUp.Token);
        desk.Time.Advance(TimeSpan.FromMinutes(5));
        probe.Asked = name =>
        {
            if (name != nameof(ISessionStore.NoteTechnicianAsync))
                return;
            probe.Asked = null;
            givenUp.Cancel();
            givenUp.Token.ThrowIfCancellationRequested();
        };
        await desk.Team.Awaiting(team => team.NoteSeenAsync(desk.Alan, givenUp.Token).AsTask()).Should().ThrowAsync<OperationCanceledException>();

        await desk.Team.NoteSeenAsync(desk.Alan);

        var seen = (await desk.Store.ListTechniciansAsync(desk.Alan.Tenant, DateTimeOffset.MinValue, 10)).Should().ContainSingle().Subject;
        seen.Name.Should().Be(desk.Alan.Name);
        seen.SeenAt.Should().Be(desk.Time.GetUtcNow());
    }

    [Fact]
    public async Task Note_OfAnotherName_IsWrittenAtOnce()
    {
        await desk.Team.NoteSeenAsync(desk.Ada);
        await desk.Team.NoteSeenAsync(new(desk.Ada.Id, "Ada King"));

        (await desk.Team.ListColleaguesAsync(desk.Ada)).Should().ContainSingle().Which.Name.Should().Be("Ada King");
    }

    [Fact]
    public async Task Erased_IsKnownToNobody()
    {
        await desk.Team.NoteSeenAsync(desk.Alan);
        var (session, _) = await desk.CreateAsync();

        await desk.PersonalData.EraseTechnicianAsync(desk.Alan.Tenant, desk.Alan.Id);

        (await desk.Team.ListColleaguesAsync(desk.Ada)).Should().BeEmpty();
        (await desk.Technicians.TransferAsync(desk.Ada, session.Id, desk.Alan.Id)).Should().BeOfType<SessionResult.UnknownTechnician>();
    }

    [Fact]
    public async Task Retention_ForgetsWhoHasNotBeenSeenForLong()
    {
        await desk.Team.NoteSeenAsync(desk.Alan);
        desk.Time.Advance(TimeSpan.FromDays(30) + TimeSpan.FromTicks(1));
        await desk.Team.NoteSeenAsync(desk.Ada);

        await desk.Get<RetentionSweep>().RunAsync(default);

        (await desk.Store.ListTechniciansAsync(desk.Ada.Tenant, DateTimeOffset.MinValue, 10)).Select(technician => technician.Id).Should().Equal(desk.Ada.Id);
    }
}

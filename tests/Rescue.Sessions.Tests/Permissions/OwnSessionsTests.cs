using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Permissions;

/// <summary>What technicians see where each is kept to their own sessions.</summary>
public sealed class OwnSessionsTests : IDisposable
{
    private readonly SupportDesk desk = new(options =>
    {
        options.Technicians.OwnSessionsOnly = true;
        options.Permissions.Groups[0].Grants.Remove(ConnectionRight.ColleaguesSessions);
        options.Permissions.Groups.Add(new() { Name = "leads", Parent = "support", Grants = [ConnectionRight.ColleaguesSessions] });
    });

    private readonly Technician lead = new("lea", "Lea") { Groups = ["leads"] };

    private RescueSessionsOptions Options => desk.Get<Microsoft.Extensions.Options.IOptionsMonitor<RescueSessionsOptions>>().CurrentValue;

    public void Dispose() => desk.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("Grace")]
    public async Task List_HoldsOnlyWhatBelongsToTheTechnician(string? search)
    {
        var (adas, _) = await desk.CreateAsync(desk.Ada);
        var (alans, _) = await desk.CreateAsync(desk.Alan);

        (await ListAsync(desk.Ada, search)).Should().Equal(adas.Id);
        (await ListAsync(desk.Alan, search)).Should().Equal(alans.Id);
        (await ListAsync(lead, search)).Should().BeEquivalentTo([adas.Id, alans.Id]);
        (await desk.Directory.ListAsync(desk.Ada, new() { Tenant = desk.Ada.Tenant, Technician = desk.Alan.Id })).Should().BeEmpty();
    }

    [Fact]
    public async Task Find_ColleaguesSession_IsNoneInWhateverWay()
    {
        var (session, _) = await desk.CreateAsync(desk.Ada);

        (await desk.Directory.FindAsync(desk.Alan, session.Id)).Should().BeNull();
        (await desk.Directory.FindDetailsAsync(desk.Alan, session.Id)).Should().BeNull();
        (await desk.Directory.FindLinkAsync(desk.Alan, session.Id)).Should().BeNull();
        (await desk.Directory.FindDetailsAsync(lead, session.Id))!.Link.Should().NotBeNull();
        (await desk.Technicians.CloseAsync(desk.Alan, session.Id)).Should().BeOfType<SessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.Forbidden>()
            .Which.Decision.Missing.Should().ContainSingle().Which.Right.Should().Be(ConnectionRight.ColleaguesSessions);
    }

    [Fact]
    public async Task Offer_ShowsTheSessionToItsRecipientUntilItIsOver()
    {
        var (id, _, _) = await desk.WaitingAsync();
        await desk.Technicians.StartAsync(desk.Ada, id);
        await desk.Technicians.TransferAsync(desk.Ada, id, desk.Alan.Id);
        (await ListAsync(desk.Alan)).Should().Equal(id);

        // Nothing has recorded yet that the offer is over.
        desk.Time.Advance(TimeSpan.FromMinutes(2));

        (await ListAsync(desk.Alan)).Should().BeEmpty();
        (await desk.Directory.FindAsync(desk.Alan, id)).Should().BeNull();
        (await ListAsync(desk.Ada)).Should().Equal(id);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Watch_RightThatTheStoreCannotTell_WaitsUntilItCan(bool follows)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var rights = new UnreadRights();
        using var shared = new SupportDesk(
            options => options.Technicians.OwnSessionsOnly = true, services => services.AddSingleton<PermissionPolicy>(rights));
        var (session, _) = await shared.CreateAsync();
        using var watch = await shared.Events.OpenWatchAsync(shared.Ada, 0, cancellation);
        var events = follows ? shared.Events.WatchAsync(shared.Ada, 0, cancellation) : watch.ReadAsync(cancellation).Select(update => update.Event);
        await using var heard = events.GetAsyncEnumerator(cancellation);
        rights.AreAway = true;

        var next = heard.MoveNextAsync().AsTask();
        await Soon.PassUntilAsync(shared.Time, TimeSpan.FromMilliseconds(100), () => Task.FromResult(rights.Refusals > 2 || next.IsCompleted));
        next.IsCompleted.Should().BeFalse("the stream waits while the store is out of reach");
        rights.AreAway = false;
        await Soon.PassUntilAsync(shared.Time, TimeSpan.FromMilliseconds(100), () => Task.FromResult(next.IsCompleted));

        (await next).Should().BeTrue();
        heard.Current.Session.Should().Be(session.Id);
    }

    [Fact]
    public async Task Watch_TellsOfOwnSessionsAlone_AndOnceOfOneThatLeaves()
    {
        using var adas = await desk.Events.OpenWatchAsync(desk.Ada, null);
        using var alans = await desk.Events.OpenWatchAsync(desk.Alan, null);
        await using var hers = adas.ReadAsync().GetAsyncEnumerator();
        await using var his = alans.ReadAsync().GetAsyncEnumerator();
        var (id, _, _) = await desk.WaitingAsync();
        await desk.Technicians.StartAsync(desk.Ada, id);
        await desk.Technicians.TransferAsync(desk.Ada, id, desk.Alan.Id);
        await desk.Technicians.AcceptTransferAsync(desk.Alan, id);
        await desk.Technicians.HoldAsync(desk.Alan, id);
        var (last, _) = await desk.CreateAsync(desk.Ada);

        var seen = new List<(SessionTrigger? Trigger, bool HasSession)>();
        while (await hers.MoveNextAsync() && hers.Current.Event.Session == id)
            seen.Add((hers.Current.Event.Trigger, hers.Current.Session is not null));
        hers.Current.Session!.Id.Should().Be(last.Id);
        seen[^1].Should().Be((SessionTrigger.AcceptTransfer, false), "it is a colleague's since, and what it has become is not hers to see");
        seen.Should().NotContain(entry => entry.Trigger == SessionTrigger.Hold);

        await his.MoveNextAsync();
        while (his.Current.Event.Trigger != SessionTrigger.Hold)
        {
            // The feed may have read of the offer before it was accepted.
            (his.Current.Session!.Owner!.Id == desk.Alan.Id || his.Current.Session.Offer?.To == desk.Alan.Id).Should().BeTrue("what he sees is his or offered to him");
            await his.MoveNextAsync();
        }
    }

    [Fact]
    public async Task Watch_RightThatIsTakenAway_HoldsWithinASecond()
    {
        using var watch = await desk.Events.OpenWatchAsync(lead, null);
        await using var updates = watch.ReadAsync().GetAsyncEnumerator();
        var (seen, _) = await desk.CreateAsync(desk.Ada);
        await updates.MoveNextAsync();
        updates.Current.Session!.Id.Should().Be(seen.Id);

        Options.Permissions.Groups[^1].Grants.Clear();
        desk.Time.Advance(TimeSpan.FromSeconds(1));
        await desk.CreateAsync(desk.Ada);
        var (own, _) = await desk.CreateAsync(lead);

        await updates.MoveNextAsync();
        updates.Current.Session!.Id.Should().Be(own.Id);
        (await ListAsync(lead)).Should().Equal(own.Id);
    }

    [Fact]
    public async Task Watch_TechnicianWhoIsInAnotherGroupNow_SeesWhatThatMaySee()
    {
        using var watch = await desk.Events.OpenWatchAsync(lead, null);
        await using var updates = watch.ReadAsync().GetAsyncEnumerator();
        await desk.CreateAsync(desk.Ada);
        await updates.MoveNextAsync();

        watch.Technician = lead with { Groups = ["support"] };
        await desk.CreateAsync(desk.Ada);
        var (own, _) = await desk.CreateAsync(lead);

        await updates.MoveNextAsync();
        updates.Current.Session!.Id.Should().Be(own.Id);
        watch.Invoking(w => w.Technician = desk.Alan).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public async Task Export_HoldsAllOfTheCustomersSessions_WhoeverServedThem()
    {
        await desk.CreateAsync(desk.Ada);
        await desk.CreateAsync(desk.Alan);

        (await desk.PersonalData.ExportAsync(desk.Ada, "Grace Hopper")).Should().BeOfType<CustomerExport.Found>().Which.Sessions.Should().HaveCount(2);
    }

    private async Task<IEnumerable<SessionId>> ListAsync(Technician technician, string? search = null) =>
        (await desk.Directory.ListAsync(technician, new() { Tenant = technician.Tenant, Search = search })).Select(session => session.Id);

    /// <summary>A host's own rules, in a table that is out of reach for a while.</summary>
    private sealed class UnreadRights : PermissionPolicy
    {
        private int refusals;

        public bool AreAway { get; set; }

        public int Refusals => refusals;

        public override ValueTask<PermissionDecision> DecideAsync(
            Technician technician, IReadOnlyCollection<ConnectionRight> rights, CancellationToken cancellationToken = default)
        {
            if (!AreAway)
                return new(PermissionDecision.Allowed);
            Interlocked.Increment(ref refusals);
            throw new SessionStoreException("The table is out of reach.");
        }
    }
}

using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Presence;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.StoreContract;

/// <summary>What a store remembers of technicians.</summary>
public abstract class TechnicianContract : StoreContract
{
    // No other test's technicians are from that time, so that forgetting takes none of theirs.
    private static readonly DateTimeOffset LongAgo = Draft.Morning.AddYears(-10);

    private readonly string tenant = "tenant-" + Guid.NewGuid().ToString("N");

    [Fact]
    public async Task Presence_IsAvailableUntilSet_ForEachTechnicianOfEachTenant()
    {
        await Store.SetPresenceAsync(tenant, Draft.Ada, TechnicianPresence.Away, Draft.Morning, Cancellation);

        (await Store.FindPresenceAsync(tenant, "ada", Cancellation)).Should().Be(TechnicianPresence.Away);
        (await Store.FindPresenceAsync(tenant, "bob", Cancellation)).Should().Be(TechnicianPresence.Available);
        (await Store.FindPresenceAsync(tenant + "x", "ada", Cancellation)).Should().Be(TechnicianPresence.Available);
        await Store.SetPresenceAsync(tenant, Draft.Ada, TechnicianPresence.Available, Draft.Morning, Cancellation);
        (await Store.FindPresenceAsync(tenant, "ada", Cancellation)).Should().Be(TechnicianPresence.Available);
    }

    [Fact]
    public async Task OpenOf_ATechnician_AreThoseTheyOwnOrMadeAndNobodyTook()
    {
        var made = await AddAsync(new Draft { Tenant = tenant });
        var (taken, _) = await AddWaitingAsync(new Draft { Tenant = tenant });
        await ApplyAsync(taken.Session.Id, Changes.Start(new("bob", "Bob"), Draft.Morning.AddMinutes(3)));
        var (closed, _) = await AddWaitingAsync(new Draft { Tenant = tenant });
        await ApplyAsync(closed.Session.Id, Changes.Of(SessionTrigger.Close, Draft.Morning.AddMinutes(3)));

        (await Store.FindOpenOfAsync(tenant, "ada", Cancellation)).Select(session => session.Id).Should().Equal(made.Session.Id);
        (await Store.FindOpenOfAsync(tenant, "bob", Cancellation)).Select(session => session.Id).Should().Equal(taken.Session.Id);
    }

    [Fact]
    public async Task Find_NobodyWhoWasEverSeen_IsAvailableAndUnknown() =>
        (await Store.FindTechniciansAsync(tenant, ["ghost"], Cancellation)).Should().Equal(new StoredTechnician("ghost"));

    [Fact]
    public async Task Note_Again_KeepsThePresenceAndTakesNameAndMoment()
    {
        await Store.SetPresenceAsync(tenant, Draft.Ada, TechnicianPresence.Busy, Draft.Morning, Cancellation);

        await Store.NoteTechnicianAsync(tenant, new("ada", "Ada King"), Draft.Morning.AddMinutes(5), Cancellation);

        (await FindAsync("ada")).Should().Be(
            new StoredTechnician("ada") { Name = "Ada King", Presence = TechnicianPresence.Busy, SeenAt = Draft.Morning.AddMinutes(5) });
        (await Store.FindPresenceAsync(tenant, "ada", Cancellation)).Should().Be(TechnicianPresence.Busy);
    }

    [Fact]
    public async Task Find_Several_AnswersEachInTheirOrder()
    {
        await Store.NoteTechnicianAsync(tenant, Draft.Ada, Draft.Morning, Cancellation);
        string[] ids = ["ghost", "ada", .. Enumerable.Range(0, 300).Select(i => $"t{i}"), "ada"];

        var found = await Store.FindTechniciansAsync(tenant, [.. ids], Cancellation);

        found.Select(technician => technician.Id).Should().Equal(ids);
        found.Where(technician => technician.SeenAt is not null).Should().HaveCount(2).And.OnlyContain(technician => technician.Id == "ada");
    }

    [Fact]
    public async Task Find_CountsTheSessionsThatAreHeld_AndKnowsWhoHasAny()
    {
        var maker = new TechnicianReference("bob", "Bob");
        var at = Draft.Morning.AddMinutes(3);
        var (started, _) = await AddWaitingAsync(new Draft { Tenant = tenant, CreatedBy = maker });
        await ApplyAsync(started.Session.Id, Changes.Start(Draft.Ada, at));
        var (held, _) = await AddWaitingAsync(new Draft { Tenant = tenant });
        await ApplyAsync(held.Session.Id, Changes.Start(Draft.Ada, at));
        (await FindAsync("ada")).Should().BeEquivalentTo(new { Active = 2, HasSessions = true, SeenAt = (DateTimeOffset?)null });
        await ApplyAsync(held.Session.Id, Changes.Of(SessionTrigger.Hold, at));
        (await FindAsync("ada")).Active.Should().Be(1);
        await ApplyAsync(started.Session.Id, Changes.Of(SessionTrigger.Close, at));

        (await FindAsync("ada")).Should().BeEquivalentTo(new { Active = 0, HasSessions = true });
        (await FindAsync("bob")).HasSessions.Should().BeFalse("a colleague has taken it");
    }

    [Fact]
    public async Task List_HoldsThoseOfTheTenantWhoWereSeenSince_LatestFirst()
    {
        for (var i = 0; i < 5; i++)
            await Store.NoteTechnicianAsync(tenant, new($"t{i}", $"T {i}"), Draft.Morning.AddMinutes(i), Cancellation);
        await Store.NoteTechnicianAsync(tenant + "x", new("other", "Other"), Draft.Morning.AddMinutes(9), Cancellation);

        var listed = await Store.ListTechniciansAsync(tenant, Draft.Morning.AddMinutes(1), 3, Cancellation);

        listed.Select(technician => technician.Name).Should().Equal("T 4", "T 3", "T 2");
        (await Store.ListTechniciansAsync(tenant, Draft.Morning.AddMinutes(1), 100, Cancellation)).Should().HaveCount(4);
    }

    [Fact]
    public async Task Forget_TakesThoseSeenBeforeAndNoOthers_AndEraseTakesOne()
    {
        await Store.SetPresenceAsync(tenant, new("gone", "Gone"), TechnicianPresence.Away, LongAgo, Cancellation);
        await Store.NoteTechnicianAsync(tenant, new("late", "Late"), LongAgo.AddDays(1), Cancellation);
        await Store.NoteTechnicianAsync(tenant, Draft.Ada, Draft.Morning, Cancellation);

        await Store.ForgetTechniciansAsync(LongAgo.AddDays(1), Cancellation);
        (await Store.ListTechniciansAsync(tenant, DateTimeOffset.MinValue, 10, Cancellation)).Select(technician => technician.Id).Should().Equal("ada", "late");
        (await FindAsync("gone")).Should().Be(new StoredTechnician("gone"));

        await Store.EraseTechnicianAsync(tenant, "ada", Cancellation);
        (await Store.ListTechniciansAsync(tenant, DateTimeOffset.MinValue, 10, Cancellation)).Select(technician => technician.Id).Should().Equal("late");
    }

    private async Task<StoredTechnician> FindAsync(string id) => (await Store.FindTechniciansAsync(tenant, [id], Cancellation)).Single();
}

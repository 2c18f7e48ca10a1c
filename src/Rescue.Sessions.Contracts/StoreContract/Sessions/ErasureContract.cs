using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.StoreContract;

public abstract class ErasureContract : StoreContract
{
    private static readonly DateTimeOffset Ended = Draft.Morning.AddMinutes(5);

    [Fact]
    public async Task Erase_EndedSession_LeavesNothingOfIt()
    {
        var draft = new Draft { IdempotencyKey = "key", Messages = ["mail"] };
        var session = await AddEndedAsync(draft);

        (await EraseAsync(draft.Tenant)).Should().Be(1);

        (await Store.FindAsync(SessionSelector.ById(session.Id), Cancellation)).Should().BeNull();
        (await Store.FindAsync(SessionSelector.ByPin(draft.Pin), Cancellation)).Should().BeNull();
        (await Store.FindAsync(SessionSelector.ByToken(draft.Token), Cancellation)).Should().BeNull();
        (await Store.FindAsync(SessionSelector.ByIdempotencyKey(new(draft.Tenant, "ada", "key")), Cancellation)).Should().BeNull();
        (await Store.ListAsync(new() { Tenant = draft.Tenant }, Cancellation)).Should().BeEmpty();
        (await HistoryAsync(session.Id)).Should().BeEmpty();
        (await Store.ReadEventsAsync(new() { Tenant = draft.Tenant }, Cancellation)).Events.Should().BeEmpty();
        var later = Ended.AddDays(1);
        (await Store.ClaimAsync(later, later.AddSeconds(30), 1000, null, Cancellation)).Should().NotContain(claim => claim.Message.Session == session.Id);
    }

    [Fact]
    public async Task Erase_OpenSessions_AreLeftAlone()
    {
        var (waiting, _) = await AddWaitingAsync(new Draft());

        (await EraseAsync(waiting.Session.Tenant)).Should().Be(0);

        (await FindAsync(waiting.Session.Id)).Should().BeEquivalentTo(waiting);
        (await HistoryAsync(waiting.Session.Id)).Should().HaveCount(3);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public async Task Erase_EndedBefore_IsTheEndOfTheSession(int minutes, int erased)
    {
        var session = await AddEndedAsync(new Draft());

        (await EraseAsync(session.Tenant, Ended.AddMinutes(minutes))).Should().Be(erased);
    }

    [Fact]
    public async Task Erase_Tenant_LeavesOtherTenantsAlone()
    {
        var mine = await AddEndedAsync(new Draft());
        var theirs = await AddEndedAsync(new Draft());

        (await EraseAsync(mine.Tenant)).Should().Be(1);

        (await FindAsync(theirs.Id)).Session.Should().Be(theirs);
    }

    [Fact]
    public async Task Erase_Customer_IsTheWholeNameOrAddressIgnoringCase()
    {
        var draft = new Draft { CustomerName = "Grace Hopper", Messages = ["mail"] };
        await AddEndedAsync(draft);
        var other = await AddEndedAsync(draft with { CustomerName = "Grace Hopper II", Messages = [], Pin = [Hashes.New()], Token = [Hashes.New()] });

        (await EraseAsync(draft.Tenant, customer: "Grace")).Should().Be(0);
        (await EraseAsync(draft.Tenant, customer: "GRACE HOPPER")).Should().Be(1);
        await AddEndedAsync(draft with { CustomerName = "Somebody", Pin = [Hashes.New()], Token = [Hashes.New()] });
        (await EraseAsync(draft.Tenant, customer: "Grace@Example.org")).Should().Be(1);

        (await Store.ListAsync(new() { Tenant = draft.Tenant }, Cancellation)).Should().ContainSingle().Which.Id.Should().Be(other.Id);
    }

    [Fact]
    public async Task Erase_CustomerWhoAsked_IsFoundByTheAddressTheyGave()
    {
        var draft = new Draft { CreatedBy = null, Request = new("The printer", "grace@example.org") };
        await AddEndedAsync(draft);

        (await Store.ListAsync(new() { Tenant = draft.Tenant, Customer = "Grace@Example.org" }, Cancellation)).Should().ContainSingle();
        (await EraseAsync(draft.Tenant, customer: "Grace@Example.org")).Should().Be(1);
    }

    [Theory]
    [InlineData("Jos\u00E9 Ruiz", "Jose\u0301\u00A0RUIZ")]
    [InlineData("Ana\u200B Weber", "Ana Weber")]
    [InlineData("ana@bu\u0308cher.example", "ana@xn--bcher-kva.example")]
    [InlineData("\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67", "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67")]
    public async Task Erase_CustomerInAnotherSpelling_IsTheSame(string stored, string asked)
    {
        var draft = new Draft { CustomerName = stored };
        var ended = await AddEndedAsync(draft);

        (await Store.ListAsync(new() { Tenant = draft.Tenant, Customer = asked }, Cancellation)).Should().ContainSingle().Which.Id.Should().Be(ended.Id);
        (await Store.ListAsync(new() { Tenant = draft.Tenant, Search = asked }, Cancellation)).Length.Should().Be(stored.Contains('@') ? 0 : 1);
        (await EraseAsync(draft.Tenant, customer: asked)).Should().Be(1);
    }

    [Theory]
    [InlineData("victim@b.example", "victim@b\u200B.example")]
    [InlineData("\"victim\"@b.example", "VICTIM@ｂ。example")]
    [InlineData("jo\u0308rg@straße.example", "jörg@xn--strae-oqa.example")]
    public async Task Erase_AddressInAnotherSpelling_IsTheSame(string stored, string asked)
    {
        var draft = new Draft { To = stored, Messages = ["mail"] };
        await AddEndedAsync(draft);

        (await EraseAsync(draft.Tenant, customer: asked)).Should().Be(1);
    }

    [Fact]
    public async Task Erase_VeryLongName_IsFound()
    {
        var draft = new Draft { CustomerName = string.Concat(Enumerable.Repeat("\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67", 128)) };
        await AddEndedAsync(draft);

        (await EraseAsync(draft.Tenant, customer: draft.CustomerName)).Should().Be(1);
    }

    [Fact]
    public async Task Erase_Limit_IsKeptStepByStep()
    {
        var draft = new Draft();
        for (var i = 0; i < 5; i++)
            await AddEndedAsync(draft with { Pin = [Hashes.New()], Token = [Hashes.New()] });

        var steps = new List<int>();
        for (var i = 0; i < 4; i++)
            steps.Add(await Store.EraseAsync(new() { Tenant = draft.Tenant, EndedBefore = Ended.AddDays(1), Limit = 2 }, Cancellation));

        steps.Should().Equal(2, 2, 1, 0);
    }

    [Fact]
    public async Task Erase_PinGivenToALaterSession_StaysWithThatOne()
    {
        var draft = new Draft();
        await AddEndedAsync(draft);
        var later = await AddAsync(draft with { Token = [Hashes.New()], At = Ended.AddMinutes(1) });

        (await EraseAsync(draft.Tenant)).Should().Be(1);

        (await Store.FindAsync(SessionSelector.ByPin(draft.Pin), Cancellation))!.Session.Id.Should().Be(later.Session.Id);
        (await Store.CreateAsync((draft with { Token = [Hashes.New()] }).Build(), Cancellation)).Outcome.Should().Be(SessionCreationOutcome.PinTaken);
    }

    [Fact]
    public async Task Erase_ReaderOfEvents_GoesOnBehindTheGap()
    {
        var draft = new Draft();
        await AddEndedAsync(draft);
        var kept = await AddAsync(draft with { Pin = [Hashes.New()], Token = [Hashes.New()] });
        await EraseAsync(draft.Tenant);
        await SettledAsync(kept.Session.Id);

        var page = await Store.ReadEventsAsync(new() { Tenant = draft.Tenant }, Cancellation);
        page.Events.Should().ContainSingle().Which.Session.Should().Be(kept.Session.Id);

        await ApplyAsync(kept.Session.Id, Changes.Note(SessionEventKind.Alarm, Ended));
        await SettledAsync(kept.Session.Id);
        (await Store.ReadEventsAsync(new() { Tenant = draft.Tenant, After = page.Cursor }, Cancellation)).Events
            .Should().ContainSingle().Which.Kind.Should().Be(SessionEventKind.Alarm);
    }

    private async Task<Session> AddEndedAsync(Draft draft)
    {
        var added = await AddAsync(draft);
        return (await ApplyAsync(added.Session.Id, Changes.Of(SessionTrigger.Close, Ended))).Session;
    }

    private async Task<int> EraseAsync(string tenant, DateTimeOffset? endedBefore = null, string? customer = null) =>
        await Store.EraseAsync(
            new() { Tenant = tenant, Customer = customer, EndedBefore = endedBefore ?? DateTimeOffset.MaxValue, Limit = 100 }, Cancellation);
}

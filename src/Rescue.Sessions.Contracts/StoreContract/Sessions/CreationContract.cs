using Rescue.Sessions.Codes;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.StoreContract;

public abstract class CreationContract : StoreContract
{
    [Fact]
    public async Task Create_NewSession_IsFoundWithAllItsValues()
    {
        var creation = new Draft { Reference = "T-1", Messages = ["mail"] }.Build();

        var result = await Store.CreateAsync(creation, Cancellation);

        result.Outcome.Should().Be(SessionCreationOutcome.Created);
        result.Session.Should().BeEquivalentTo(creation.Session);
        (await FindAsync(creation.Session.Session.Id)).Should().BeEquivalentTo(creation.Session);
    }

    [Fact]
    public async Task Create_ForACustomerWhoAsked_IsFoundWithAllItsValuesAndIsNobodys()
    {
        var creation = new Draft { CreatedBy = null, Request = new("Der Drucker druckt nicht.", "grace@example.org") }.Build();

        await Store.CreateAsync(creation, Cancellation);

        (await FindAsync(creation.Session.Session.Id)).Should().BeEquivalentTo(creation.Session);
        (await HistoryAsync(creation.Session.Session.Id)).Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { Actor = SessionActor.Customer, By = (TechnicianReference?)null });
        (await Store.FindOpenOfAsync(creation.Session.Session.Tenant, "ada", Cancellation)).Should().BeEmpty();
        (await Store.FindTechniciansAsync(creation.Session.Session.Tenant, ["ada"], Cancellation)).Single().HasSessions.Should().BeFalse();
    }

    [Fact]
    public async Task Create_NewSession_BeginsItsHistory()
    {
        var creation = new Draft().Build();

        await Store.CreateAsync(creation, Cancellation);

        var history = await HistoryAsync(creation.Session.Session.Id);
        history.Should().ContainSingle().Which.Should().Be(creation.Event with { Sequence = history[0].Sequence });
        history[0].Sequence.Should().BePositive();
    }

    [Fact]
    public async Task Create_LivePin_IsTakenAndStoresNothing()
    {
        var pin = Hashes.New();
        await AddAsync(new Draft { Pin = [pin] });
        var second = new Draft { Pin = [pin], IdempotencyKey = "again", Messages = ["mail"] }.Build();

        var result = await Store.CreateAsync(second, Cancellation);

        result.Outcome.Should().Be(SessionCreationOutcome.PinTaken);
        result.Session.Should().BeNull();
        (await Store.FindAsync(SessionSelector.ById(second.Session.Session.Id), Cancellation)).Should().BeNull();
        (await HistoryAsync(second.Session.Session.Id)).Should().BeEmpty();
        (await Store.CreateAsync(new Draft { Tenant = second.Session.Session.Tenant, IdempotencyKey = "again" }.Build(), Cancellation))
            .Outcome.Should().Be(SessionCreationOutcome.Created, "a refused creation must not use up its key");
    }

    [Fact]
    public async Task Create_PinTakenUnderAnotherKeyOfTheRing_IsTaken()
    {
        var former = Hashes.New();
        await AddAsync(new Draft { Pin = [former] });

        var result = await Store.CreateAsync(new Draft { Pin = [Hashes.New(), former] }.Build(), Cancellation);

        result.Outcome.Should().Be(SessionCreationOutcome.PinTaken);
    }

    [Fact]
    public async Task Create_PinOfAnEndedSession_IsFree()
    {
        var pin = Hashes.New();
        var first = await AddAsync(new Draft { Pin = [pin] });
        await ApplyAsync(first.Session.Id, Changes.Of(SessionTrigger.Close, Draft.Morning));

        (await Store.CreateAsync(new Draft { Pin = [pin] }.Build(), Cancellation)).Outcome.Should().Be(SessionCreationOutcome.Created);
    }

    [Fact]
    public async Task Create_SameKeyAndTechnician_AnswersTheFirstSessionAsItIsNow()
    {
        var draft = new Draft { IdempotencyKey = "click" };
        var first = await AddAsync(draft);
        var closed = await ApplyAsync(first.Session.Id, Changes.Of(SessionTrigger.Close, Draft.Morning));
        var second = (draft with { Pin = [Hashes.New()], Token = [Hashes.New()] }).Build();

        var result = await Store.CreateAsync(second, Cancellation);

        result.Outcome.Should().Be(SessionCreationOutcome.Repeated);
        result.Session.Should().BeEquivalentTo(closed);
        (await Store.FindAsync(SessionSelector.ById(second.Session.Session.Id), Cancellation)).Should().BeNull();
    }

    [Fact]
    public async Task Create_RepeatWhoseOwnPinIsTaken_IsStillARepeat()
    {
        var draft = new Draft { IdempotencyKey = "click" };
        await AddAsync(draft);

        (await Store.CreateAsync(draft.Build(), Cancellation)).Outcome.Should().Be(SessionCreationOutcome.Repeated);
    }

    [Theory]
    [InlineData("other tenant")]
    [InlineData("other technician")]
    [InlineData("other key")]
    [InlineData("KEY IN CAPITALS")]
    public async Task Create_KeyThatDiffersSomewhere_MakesASessionOfItsOwn(string difference)
    {
        var draft = new Draft { IdempotencyKey = "key in capitals" };
        await AddAsync(draft);
        var fresh = draft with { Pin = [Hashes.New()], Token = [Hashes.New()] };

        var result = await Store.CreateAsync((difference switch
        {
            "other tenant" => fresh with { Tenant = draft.Tenant + "2" },
            "other technician" => fresh with { CreatedBy = new("alan", "Ada Lovelace") },
            _ => fresh with { IdempotencyKey = difference },
        }).Build(), Cancellation);

        result.Outcome.Should().Be(SessionCreationOutcome.Created);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(9, true)]
    [InlineData(10, false)]
    [InlineData(600, false)]
    public async Task Create_SameRequestOfLate_AnswersTheFirstSession(int secondsLater, bool isRepeat)
    {
        var hash = Hashes.New();
        var first = (await CreateAsync(hash, Draft.Morning)).Session!;

        var result = await CreateAsync(hash, Draft.Morning.AddSeconds(secondsLater));

        result.Outcome.Should().Be(isRepeat ? SessionCreationOutcome.Repeated : SessionCreationOutcome.Created);
        if (isRepeat)
            result.Session.Should().BeEquivalentTo(first);
        (await CreateAsync(hash, Draft.Morning.AddSeconds(secondsLater))).Session!.Session.Id.Should().Be(result.Session!.Session.Id, "the later one is repeated now");
        (await Store.FindAsync(SessionSelector.ByRequest(hash, Draft.Morning.AddSeconds(secondsLater)), Cancellation))!.Session.Id.Should().Be(result.Session.Session.Id);
        (await Store.FindAsync(SessionSelector.ByRequest(hash, Draft.Morning.AddHours(1)), Cancellation)).Should().BeNull();
    }

    [Theory]
    [InlineData("closed")]
    [InlineData("overdue")]
    [InlineData("erased")]
    public async Task Create_SameRequestWhoseSessionIsOver_MakesAnother(string end)
    {
        var hash = Hashes.New();
        var first = (await CreateAsync(hash, Draft.Morning, end == "overdue" ? TimeSpan.FromSeconds(1) : null)).Session!.Session;
        if (end != "overdue")
            await ApplyAsync(first.Id, Changes.Of(SessionTrigger.Close, Draft.Morning.AddSeconds(1)));
        if (end == "erased")
            await Store.EraseAsync(new() { Tenant = first.Tenant, EndedBefore = DateTimeOffset.MaxValue, Limit = 10 }, Cancellation);

        (await CreateAsync(hash, Draft.Morning.AddSeconds(2))).Outcome.Should().Be(SessionCreationOutcome.Created);
    }

    [Fact]
    public async Task Create_AnotherRequest_MakesASessionOfItsOwn()
    {
        await CreateAsync(Hashes.New(), Draft.Morning);

        (await CreateAsync(Hashes.New(), Draft.Morning)).Outcome.Should().Be(SessionCreationOutcome.Created);
    }

    [Fact]
    public async Task Create_SameRequest_StoresNoSecondMail()
    {
        var hash = Hashes.New();
        var (first, second) = (new Draft { Messages = ["mail"] }.Build(), new Draft { Messages = ["mail"] }.Build());
        await Store.CreateAsync(first with { Request = new(hash, Draft.Morning.AddSeconds(10)) }, Cancellation);

        await Store.CreateAsync(second with { Request = new(hash, Draft.Morning.AddSeconds(10)) }, Cancellation);

        (await Store.FindAsync(SessionSelector.ById(second.Session.Session.Id), Cancellation)).Should().BeNull();
        (await Store.ClaimAsync(Draft.Morning, Draft.Morning.AddSeconds(30), 1_000, null, Cancellation)).Select(claim => claim.Message.Id)
            .Should().Contain(first.Messages[0].Id).And.NotContain(second.Messages[0].Id);
    }

    [Fact]
    public async Task Create_More_CountsLiveCodes()
    {
        var first = await Store.CreateAsync(new Draft().Build(), Cancellation);
        var second = await Store.CreateAsync(new Draft().Build(), Cancellation);

        first.LiveCodes.Should().BePositive();
        second.LiveCodes.Should().BeGreaterThanOrEqualTo(first.LiveCodes);
    }

    [Fact]
    public async Task Create_WithoutToken_IsFoundByPinAlone()
    {
        var pin = Hashes.New();
        var added = await AddAsync(new Draft { Pin = [pin], Token = [] });

        (await Store.FindAsync(SessionSelector.ByPin([pin]), Cancellation))!.Session.Id.Should().Be(added.Session.Id);
    }

    private async Task<SessionCreationResult> CreateAsync(KeyedHash request, DateTimeOffset at, TimeSpan? validity = null) => await Store.CreateAsync(
        new Draft { At = at, Validity = validity ?? TimeSpan.FromMinutes(20) }.Build() with { Request = new(request, at.AddSeconds(10)) }, Cancellation);
}

using System.Collections.Immutable;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.StoreContract;

public abstract class SelectionContract : StoreContract
{
    [Fact]
    public async Task Find_ByIdempotencyKey_FindsTheTechniciansOwn()
    {
        var draft = new Draft { IdempotencyKey = "click" };
        var added = await AddAsync(draft);

        (await Store.FindAsync(SessionSelector.ByIdempotencyKey(new(draft.Tenant, "ada", "click")), Cancellation))!.Session.Id.Should().Be(added.Session.Id);
        (await Store.FindAsync(SessionSelector.ByIdempotencyKey(new(draft.Tenant, "bob", "click")), Cancellation)).Should().BeNull();
        (await Store.FindAsync(SessionSelector.ByIdempotencyKey(new("other", "ada", "click")), Cancellation)).Should().BeNull();
    }

    [Fact]
    public async Task Find_ByEachSelector_FindsTheSession()
    {
        var draft = new Draft();
        await AddAsync(new Draft());
        var added = await AddAsync(draft);

        foreach (var selector in (SessionSelector[])
            [SessionSelector.ById(added.Session.Id), SessionSelector.ByPin(draft.Pin), SessionSelector.ByToken(draft.Token)])
        {
            (await Store.FindAsync(selector, Cancellation)).Should().BeEquivalentTo(added);
        }
    }

    [Fact]
    public async Task Find_AnyHashOfTheRing_FindsTheSession()
    {
        var draft = new Draft { Pin = [Hashes.New(), Hashes.New()], Token = [Hashes.New(), Hashes.New()] };
        var added = await AddAsync(draft);

        foreach (var hash in draft.Pin)
            (await Store.FindAsync(SessionSelector.ByPin([Hashes.New(), hash]), Cancellation))!.Session.Id.Should().Be(added.Session.Id);
        foreach (var hash in draft.Token)
            (await Store.FindAsync(SessionSelector.ByToken([hash, Hashes.New()]), Cancellation))!.Session.Id.Should().Be(added.Session.Id);
    }

    [Fact]
    public async Task Find_Unknown_IsNull()
    {
        var draft = new Draft();
        await AddAsync(draft);

        (await Store.FindAsync(SessionSelector.ById(SessionId.New(Draft.Morning)), Cancellation)).Should().BeNull();
        (await Store.FindAsync(SessionSelector.ByPin([Hashes.New()]), Cancellation)).Should().BeNull();
        (await Store.FindAsync(SessionSelector.ByPin(draft.Token), Cancellation)).Should().BeNull("a token is no PIN");
        (await Store.FindAsync(SessionSelector.ByToken(draft.Pin), Cancellation)).Should().BeNull("a PIN is no token");
    }

    [Fact]
    public async Task Find_PinOfJoinedAndEndedSession_StillFindsIt()
    {
        var draft = new Draft();
        var (waiting, _) = await AddWaitingAsync(draft);
        (await Store.FindAsync(SessionSelector.ByPin(draft.Pin), Cancellation))!.Session.Status.Should().Be(SessionStatus.Waiting);

        await ApplyAsync(waiting.Session.Id, Changes.Of(SessionTrigger.Close, Draft.Morning.AddMinutes(3)));

        (await Store.FindAsync(SessionSelector.ByPin(draft.Pin), Cancellation))!.Session.Status.Should().Be(SessionStatus.Closed);
        (await Store.FindAsync(SessionSelector.ByToken(draft.Token), Cancellation))!.Session.Status.Should().Be(SessionStatus.Closed);
    }

    [Fact]
    public async Task Find_PinOfAnEndedAndALiveSession_FindsTheLiveOne()
    {
        var pin = Hashes.New();
        await CloseAsync(await AddAsync(new Draft { Pin = [pin] }));
        var live = await AddAsync(new Draft { Pin = [pin], At = Draft.Morning.AddMinutes(1) });

        (await Store.FindAsync(SessionSelector.ByPin([pin]), Cancellation))!.Session.Id.Should().Be(live.Session.Id);
    }

    [Fact]
    public async Task Find_PinOfTwoEndedSessions_FindsTheLatest()
    {
        var pin = Hashes.New();
        await CloseAsync(await AddAsync(new Draft { Pin = [pin] }));
        var later = await AddAsync(new Draft { Pin = [pin], At = Draft.Morning.AddMinutes(1) });
        await CloseAsync(later);

        (await Store.FindAsync(SessionSelector.ByPin([pin]), Cancellation))!.Session.Id.Should().Be(later.Session.Id);
    }

    [Theory]
    [InlineData(19, true)]
    [InlineData(20, false)]
    [InlineData(2000, false)]
    public async Task Find_ByLivePin_FindsWhatCanBeRedeemed(int minutes, bool isFound)
    {
        var draft = new Draft();
        var added = await AddAsync(draft);

        foreach (var redeemedBy in (ImmutableArray<KeyedHash>[])[[], [Hashes.New()]])
            ((await FindLiveAsync(draft, minutes, redeemedBy))?.Session.Id).Should().Be(isFound ? added.Session.Id : null);
    }

    [Fact]
    public async Task Find_ByLivePinOfAJoinedSession_FindsItForItsAppletAlone()
    {
        var draft = new Draft { Pin = [Hashes.New(), Hashes.New()] };
        var instance = Hashes.New();
        var added = await AddAsync(draft);
        await ApplyAsync(added.Session.Id, Changes.Join(new(instance, Hashes.New()), Draft.Morning.AddMinutes(1)));

        foreach (var minutes in (int[])[2, 25])
        {
            (await FindLiveAsync(draft, minutes, [Hashes.New()])).Should().BeNull("another applet has it");
            (await FindLiveAsync(draft, minutes, [])).Should().BeNull();
            foreach (var pin in draft.Pin)
                (await FindLiveAsync(draft with { Pin = [pin] }, minutes, [Hashes.New(), instance]))!.Session.Id.Should().Be(added.Session.Id);
        }
    }

    [Fact]
    public async Task Find_ByLivePinAfterARejoinUnderAnotherKey_GoesByTheLatestInstance()
    {
        var draft = new Draft();
        KeyedHash[] instances = [Hashes.New(), Hashes.New()];
        var added = await AddAsync(draft);
        foreach (var instance in instances)
            await ApplyAsync(added.Session.Id, Changes.Join(new(instance, Hashes.New()), Draft.Morning.AddMinutes(1)));

        (await FindLiveAsync(draft, 2, [instances[1]])).Should().NotBeNull();
        (await FindLiveAsync(draft, 2, [instances[0]])).Should().BeNull();
    }

    [Fact]
    public async Task Find_ByLivePinOfAnEndedSession_FindsNothingAndNoChangeApplies()
    {
        var draft = new Draft();
        var instance = Hashes.New();
        var added = await AddAsync(draft);
        await ApplyAsync(added.Session.Id, Changes.Join(new(instance, Hashes.New()), Draft.Morning.AddMinutes(1)));
        await CloseAsync(added);
        var live = SessionSelector.ByLivePin(draft.Pin, Draft.Morning.AddMinutes(2), [instance]);

        (await Store.FindAsync(live, Cancellation)).Should().BeNull();
        (await Store.TransitionAsync(live, new() { Now = Draft.Morning.AddMinutes(2) }, Changes.Note(SessionEventKind.CodeTried, Draft.Morning.AddMinutes(2)), Cancellation))
            .Should().Be(new TransitionResult(false, null));
    }

    [Fact]
    public async Task Find_ByLivePin_PassesOverFormerSessionsThatHadIt()
    {
        var pin = Hashes.New();
        await CloseAsync(await AddAsync(new Draft { Pin = [pin] }));
        var live = await AddAsync(new Draft { Pin = [pin], At = Draft.Morning.AddMinutes(1) });

        (await FindLiveAsync(new Draft { Pin = [pin] }, 2, []))!.Session.Id.Should().Be(live.Session.Id);
    }

    [Fact]
    public async Task Transition_ByLivePinOfItsAppletWhileADeadlineHasPassed_TellsTheSession_AndAppliesOnceThatIsRecorded()
    {
        var draft = new Draft();
        var (waiting, join) = await AddWaitingAsync(draft);
        var id = waiting.Session.Id;
        await ApplyAsync(id, Changes.Of(SessionTrigger.LoseConnection, Draft.Morning.AddMinutes(3)));
        var due = (await FindAsync(id)).Session.Deadline!.Value;
        var rejoin = Changes.Join(new(join.Instance, Hashes.New()), due.At);
        var selector = SessionSelector.ByLivePin(draft.Pin, due.At, [join.Instance]);
        var guard = new SessionGuard { Now = due.At, Instance = [join.Instance] };

        var refused = await Store.TransitionAsync(selector, guard, rejoin, Cancellation);

        refused.Applied.Should().BeFalse();
        refused.Session!.Session.Id.Should().Be(id);
        (await Store.TransitionAsync(SessionSelector.ById(id), new() { Now = due.At, Overdue = true }, Changes.Of(due.Trigger, due.At), Cancellation)).Applied.Should().BeTrue();
        (await Store.TransitionAsync(selector, guard, rejoin, Cancellation)).Should().Match<TransitionResult>(
            result => result.Applied && result.Session!.Session.Status == SessionStatus.Offline);
    }

    private ValueTask<StoredSession?> FindLiveAsync(Draft draft, int minutes, ImmutableArray<KeyedHash> redeemedBy) =>
        Store.FindAsync(SessionSelector.ByLivePin(draft.Pin, Draft.Morning.AddMinutes(minutes), redeemedBy), Cancellation);

    private Task<StoredSession> CloseAsync(StoredSession stored) =>
        ApplyAsync(stored.Session.Id, Changes.Of(SessionTrigger.Close, stored.Session.CreatedAt));
}

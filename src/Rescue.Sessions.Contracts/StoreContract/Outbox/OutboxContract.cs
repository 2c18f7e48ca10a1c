using System.Collections.Immutable;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.StoreContract;

/// <remarks>Messages are due at a time of each test's own; a shared store may hold others, which claims here leave out.</remarks>
public abstract class OutboxContract : StoreContract
{
    private static readonly DateTimeOffset Now = Draft.Morning.AddMinutes(1);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Claim_StoredMessage_IsGivenAsItWasStored()
    {
        var creation = new Draft { Messages = ["mail"] }.Build();
        await Store.CreateAsync(creation, Cancellation);

        var claim = await ClaimOneAsync(creation.Session, Now);

        claim.Message.Should().BeEquivalentTo(creation.Messages[0]);
        claim.Attempts.Should().Be(0);
        claim.Uncertain.Should().Be(0);
        claim.LeaseUntil.Should().Be(Now + Lease);
    }

    [Fact]
    public async Task Claim_BeforeItIsDue_GivesNothing()
    {
        var added = await AddAsync(new Draft { Messages = ["mail"] });

        (await ClaimAsync(added, Draft.Morning.AddMilliseconds(-1))).Should().BeEmpty();
        (await ClaimAsync(added, Draft.Morning)).Should().ContainSingle();
    }

    [Fact]
    public async Task Claim_HeldMessage_ComesBackWhenTheLeaseEndsWithAHigherFence()
    {
        var added = await AddAsync(new Draft { Messages = ["mail"] });
        var first = await ClaimOneAsync(added, Now);

        (await ClaimAsync(added, Now + Lease - TimeSpan.FromMilliseconds(1))).Should().BeEmpty();
        var second = await ClaimOneAsync(added, Now + Lease);

        second.Fence.Should().BeGreaterThan(first.Fence);
        second.Uncertain.Should().Be(0, "merely being claimed sends nothing");
        second.Attempts.Should().Be(0);
    }

    /// <summary>A clock that was hours ahead has written leases and retries that end in hours.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Claim_HeldBeyondTheHorizon_IsDue(bool retried)
    {
        // Later than what other tests hold.
        var now = Now.AddYears(70);
        var ahead = now.AddHours(5);
        var added = await AddAsync(new Draft { Messages = ["mail"], At = now, Validity = TimeSpan.FromDays(1) });
        var former = await ClaimOneAsync(added, ahead);
        if (retried)
            await CompleteAsync(new(former, ahead.AddMinutes(1)));

        (await ClaimAsync(added, now.AddSeconds(2))).Should().BeEmpty("no horizon was named");
        (await ClaimAsync(added, now.AddSeconds(1), horizon: ahead.AddHours(1))).Should().BeEmpty();
        var claim = (await ClaimAsync(added, now, horizon: now.AddMinutes(5))).Should().ContainSingle().Subject;

        (await CompleteAsync(new(former))).Should().BeFalse("its holder has lost it");
        (await BeginAsync(claim, now)).Should().Be(OutboxBegin.Begun);
        (await CompleteAsync(new(claim))).Should().BeTrue();
    }

    [Fact]
    public async Task Claim_Limit_IsKept()
    {
        await AddAsync(new Draft { Messages = ["a"] });
        await AddAsync(new Draft { Messages = ["b"] });

        (await Store.ClaimAsync(Now, Now + Lease, 1, null, Cancellation)).Should().ContainSingle();
        (await Store.ClaimAsync(Now, Now + Lease, 0, null, Cancellation)).Should().BeEmpty();
    }

    [Fact]
    public async Task Claim_SeveralOfOneSession_GivesTheNextWhenTheFirstIsFinished()
    {
        var added = await AddAsync(new Draft { Messages = ["first", "second"] });
        var change = Changes.Note(SessionEventKind.Invitation, Draft.Morning) with { Messages = [Draft.Message(added.Session.Id, "third", Draft.Morning)] };
        await ApplyAsync(added.Session.Id, change);

        foreach (var expected in (string[])["first", "second", "third"])
        {
            var claim = await ClaimOneAsync(added, Now);
            Text(claim).Should().Be(expected);
            (await ClaimAsync(added, Now)).Should().BeEmpty();
            (await CompleteAsync(new(claim))).Should().BeTrue();
        }

        (await ClaimAsync(added, Now.AddHours(1))).Should().BeEmpty();
    }

    [Fact]
    public async Task Claim_FirstIsToBeRetried_HoldsTheSecondBack()
    {
        var added = await AddAsync(new Draft { Messages = ["first", "second"] });
        await CompleteAsync(new(await ClaimOneAsync(added, Now), Now.AddMinutes(1)));

        (await ClaimAsync(added, Now.AddSeconds(59))).Should().BeEmpty();
        Text(await ClaimOneAsync(added, Now.AddMinutes(1))).Should().Be("first");
    }

    [Fact]
    public async Task Claim_ChangeThatWasNotApplied_HasNoMessage()
    {
        var added = await AddAsync(new Draft());
        var change = Changes.Start(Draft.Ada, Now) with { Messages = [Draft.Message(added.Session.Id, "never", Draft.Morning)] };
        await Store.TransitionAsync(SessionSelector.ById(added.Session.Id), new() { Now = Now }, change, Cancellation);

        (await ClaimAsync(added, Now)).Should().BeEmpty();
    }

    [Fact]
    public async Task Begin_HeldAndLive_BeginsAndCountsTheAttempt()
    {
        var added = await AddAsync(new Draft { Messages = ["mail"] });
        var claim = await ClaimOneAsync(added, Now);

        (await BeginAsync(claim, Now)).Should().Be(OutboxBegin.Begun);

        await CompleteAsync(new(claim, Now.AddMinutes(1)));
        var next = await ClaimOneAsync(added, Now.AddMinutes(1));
        next.Attempts.Should().Be(1);
        next.Uncertain.Should().Be(0, "the answer was recorded");
    }

    [Fact]
    public async Task Begin_LeaseEnded_IsLost()
    {
        var claim = await ClaimOneAsync(await AddAsync(new Draft { Messages = ["mail"] }), Now);

        (await BeginAsync(claim, Now + Lease)).Should().Be(OutboxBegin.LeaseLost);
    }

    [Fact]
    public async Task Begin_ClaimedByAnother_IsLost()
    {
        var added = await AddAsync(new Draft { Messages = ["mail"] });
        var asleep = await ClaimOneAsync(added, Now);
        var second = await ClaimOneAsync(added, Now + Lease);

        (await BeginAsync(asleep, Now + Lease)).Should().Be(OutboxBegin.LeaseLost);
        (await BeginAsync(second, Now + Lease)).Should().Be(OutboxBegin.Begun);
    }

    [Theory]
    [InlineData("joined")]
    [InlineData("revoked")]
    [InlineData("expired")]
    public async Task Begin_CodeThatIsNotLive_CancelsTheMessageForGood(string state)
    {
        var added = await AddAsync(new Draft { Messages = ["mail"] });
        if (state != "expired")
        {
            await ApplyAsync(added.Session.Id, state == "revoked"
                ? Changes.Of(SessionTrigger.Revoke, Now)
                : Changes.Join(new(Hashes.New(), Hashes.New()), Now));
        }

        var now = state == "expired" ? added.Session.ExpiresAt : Now;
        var claims = await ClaimAsync(added, now);
        foreach (var claim in claims)
            (await BeginAsync(claim, now)).Should().Be(OutboxBegin.Cancelled);

        (await ClaimAsync(added, now.AddHours(1))).Should().BeEmpty();
    }

    [Fact]
    public async Task Claim_BegunAndNeverAnswered_IsUncertainOnceMore()
    {
        var added = await AddAsync(new Draft { Messages = ["mail"] });
        await BeginAsync(await ClaimOneAsync(added, Now), Now);

        var second = await ClaimOneAsync(added, Now + Lease);
        second.Uncertain.Should().Be(1);
        second.Attempts.Should().Be(1);
        await BeginAsync(second, Now + Lease);

        (await ClaimOneAsync(added, Now + (2 * Lease))).Uncertain.Should().Be(2);
    }

    [Fact]
    public async Task Complete_ResultUnknown_IsUncertainInTheNextClaim()
    {
        var added = await AddAsync(new Draft { Messages = ["mail"] });
        var claim = await ClaimOneAsync(added, Now);
        await BeginAsync(claim, Now);

        await CompleteAsync(new(claim, Now.AddMinutes(1), ResultUnknown: true));

        (await ClaimOneAsync(added, Now.AddMinutes(1))).Uncertain.Should().Be(1);
    }

    [Fact]
    public async Task Renew_HeldMessage_ExtendsTheLease()
    {
        var added = await AddAsync(new Draft { Messages = ["mail"] });
        var claim = await ClaimOneAsync(added, Now);

        (await Store.RenewAsync(claim, Now + (2 * Lease), Cancellation)).Should().BeTrue();

        (await ClaimAsync(added, Now + Lease)).Should().BeEmpty();
        (await BeginAsync(claim, Now + Lease)).Should().Be(OutboxBegin.Begun);
        (await ClaimAsync(added, Now + (2 * Lease))).Should().ContainSingle();
    }

    [Fact]
    public async Task Renew_ClaimedByAnother_IsFalseAndTakesNothingAway()
    {
        var added = await AddAsync(new Draft { Messages = ["mail"] });
        var asleep = await ClaimOneAsync(added, Now);
        await ClaimOneAsync(added, Now + Lease);

        (await Store.RenewAsync(asleep, Now.AddDays(1), Cancellation)).Should().BeFalse();

        (await ClaimAsync(added, Now + (2 * Lease))).Should().ContainSingle();
    }

    [Fact]
    public async Task Complete_WithAChange_StoresBoth()
    {
        var added = await AddAsync(new Draft { Messages = ["mail"] });
        var claim = await ClaimOneAsync(added, Now);

        (await CompleteAsync(new(claim, Change: Sent()))).Should().BeTrue();

        var stored = await FindAsync(added.Session.Id);
        stored.Should().BeEquivalentTo(Sent().Apply(added).Session);
        (await HistoryAsync(added.Session.Id))[^1].Kind.Should().Be(SessionEventKind.Invitation);
    }

    [Fact]
    public async Task Complete_ClaimedByAnother_StoresNothing()
    {
        var added = await AddAsync(new Draft { Messages = ["mail"] });
        var asleep = await ClaimOneAsync(added, Now);
        var second = await ClaimOneAsync(added, Now + Lease);

        (await CompleteAsync(new(asleep, Change: Sent()))).Should().BeFalse();

        (await FindAsync(added.Session.Id)).Should().BeEquivalentTo(added);
        (await CompleteAsync(new(second, Change: Sent()))).Should().BeTrue();
    }

    [Fact]
    public async Task Complete_Finished_IsOverForTheSameClaim()
    {
        var added = await AddAsync(new Draft { Messages = ["mail"] });
        var claim = await ClaimOneAsync(added, Now);
        await CompleteAsync(new(claim));

        (await CompleteAsync(new(claim, Change: Sent()))).Should().BeFalse();
        (await BeginAsync(claim, Now)).Should().Be(OutboxBegin.LeaseLost);
        (await Store.RenewAsync(claim, Now.AddHours(1), Cancellation)).Should().BeFalse();
        (await FindAsync(added.Session.Id)).Should().BeEquivalentTo(added);
    }

    /// <summary>A sender that has not heard the store's answer repeats what it says.</summary>
    [Fact]
    public async Task Complete_ToBeTriedAgain_IsOverForTheSameClaim()
    {
        var added = await AddAsync(new Draft { Messages = ["mail"] });
        var claim = await ClaimOneAsync(added, Now);
        await BeginAsync(claim, Now);
        var unknown = new OutboxResult(claim, Now + Lease, ResultUnknown: true);
        (await CompleteAsync(unknown)).Should().BeTrue();

        (await CompleteAsync(unknown with { Change = Sent() })).Should().BeFalse();

        (await ClaimOneAsync(added, Now + Lease)).Uncertain.Should().Be(1);
        (await FindAsync(added.Session.Id)).Should().BeEquivalentTo(added);
    }

    [Fact]
    public async Task Complete_Held_DoesNotCountTheAttempt()
    {
        var added = await AddAsync(new Draft { Messages = ["mail"] });
        for (var i = 0; i < 3; i++)
        {
            var claim = await ClaimOneAsync(added, Now + (i * Lease));
            claim.Attempts.Should().Be(0);
            await BeginAsync(claim, Now + (i * Lease));
            (await CompleteAsync(new(claim, Now + ((i + 1) * Lease)) { IsHeld = true })).Should().BeTrue();
        }

        (await ClaimOneAsync(added, Now + (3 * Lease))).Should().Match<OutboxClaim>(claim => claim.Attempts == 0 && claim.Uncertain == 0);
    }

    [Fact]
    public async Task Change_CancelsMessages_LeavesNoneOfThem()
    {
        var added = await AddAsync(new Draft { Messages = ["first", "second"] });
        var other = await AddAsync(new Draft { Messages = ["other"] });
        var claim = await ClaimOneAsync(added, Now);

        await ApplyAsync(added.Session.Id, Sent() with { CancelsMessages = true, Messages = [Draft.Message(added.Session.Id, "third", Now)] });

        (await BeginAsync(claim, Now)).Should().Be(OutboxBegin.LeaseLost);
        (await CompleteAsync(new(claim, Change: Sent()))).Should().BeFalse();
        Text(await ClaimOneAsync(added, Now)).Should().Be("third");
        Text(await ClaimOneAsync(other, Now + Lease)).Should().Be("other");
    }

    [Fact]
    public async Task Begin_Again_IsTheSameAttempt()
    {
        var added = await AddAsync(new Draft { Messages = ["mail"] });
        var claim = await ClaimOneAsync(added, Now);
        await BeginAsync(claim, Now);

        (await BeginAsync(claim, Now)).Should().Be(OutboxBegin.Begun);

        var next = await ClaimOneAsync(added, Now + Lease);
        (next.Attempts, next.Uncertain).Should().Be((1, 1));
    }

    [Fact]
    public async Task Complete_LeaseEndedButNobodyElseClaimed_IsStored()
    {
        var added = await AddAsync(new Draft { Messages = ["mail"] });
        var claim = await ClaimOneAsync(added, Now);
        await BeginAsync(claim, Now);

        (await CompleteAsync(new(claim))).Should().BeTrue();
        (await ClaimAsync(added, Now.AddHours(1))).Should().BeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(33)]
    public async Task Group_AnySize_IsAnsweredInItsOrder(int size)
    {
        var added = new List<StoredSession>();
        var claims = new List<OutboxClaim>();
        for (var i = 0; i < size; i++)
        {
            added.Add(await AddAsync(new Draft { Messages = [$"mail {i}"] }));
            claims.Add(await ClaimOneAsync(added[i], Now));
        }

        // One has lost its lease, one its code, and one sender does not hear of its result.
        var (lost, over, unknown) = (size - 1, size / 2, size / 3);
        claims[lost] = claims[lost] with { Fence = claims[lost].Fence - 1 };
        await ApplyAsync(added[over].Session.Id, Changes.Of(SessionTrigger.Revoke, Now));

        var begun = await Store.BeginAsync([.. claims], Now, Cancellation);
        var renewed = await Store.RenewAsync([.. claims], Now + (2 * Lease), Cancellation);
        var completed = await Store.CompleteAsync(
            [.. claims.Select((claim, i) => new OutboxResult(claim, i == unknown ? Now + Lease : null, ResultUnknown: i == unknown, Sent()))],
            Cancellation);

        begun.Should().Equal(claims.Select((_, i) => i == lost ? OutboxBegin.LeaseLost : i == over ? OutboxBegin.Cancelled : OutboxBegin.Begun));
        renewed.Should().Equal(claims.Select((_, i) => i != lost && i != over));
        completed.Should().Equal(claims.Select((_, i) => i != lost && i != over));
        for (var i = 0; i < size; i++)
            ((await FindAsync(added[i].Session.Id)).Session.Invitation!.State == InvitationState.Sent).Should().Be(i != lost && i != over);
        var left = (await Store.ClaimAsync(Now + (2 * Lease), Now + (3 * Lease), 1000, null, Cancellation)).Select(claim => claim.Message.Id).ToHashSet();
        claims.Select(claim => left.Contains(claim.Message.Id)).Should().Equal(claims.Select((_, i) => i == lost || (i == unknown && i != over)));
    }

    [Fact]
    public async Task Group_Empty_IsNothing()
    {
        (await Store.BeginAsync([], Now, Cancellation)).Should().BeEmpty();
        (await Store.RenewAsync([], Now, Cancellation)).Should().BeEmpty();
        (await Store.CompleteAsync([], Cancellation)).Should().BeEmpty();
    }

    [Fact]
    public async Task Renew_UntilNow_GivesTheMessageBack()
    {
        var added = await AddAsync(new Draft { Messages = ["mail"] });
        var claim = await ClaimOneAsync(added, Now);

        (await Store.RenewAsync(claim, Now, Cancellation)).Should().BeTrue();

        (await ClaimOneAsync(added, Now)).Fence.Should().BeGreaterThan(claim.Fence);
        (await BeginAsync(claim, Now)).Should().Be(OutboxBegin.LeaseLost);
    }

    [Fact]
    public async Task Complete_AttemptOfASessionWithoutInvitation_LeavesItAsItIs()
    {
        var added = await AddAsync(new Draft());
        var message = Changes.Note(SessionEventKind.Activity, Draft.Morning) with { Messages = [Draft.Message(added.Session.Id, "other", Draft.Morning)] };
        var noted = await ApplyAsync(added.Session.Id, message);
        var claim = await ClaimOneAsync(added, Now);

        (await CompleteAsync(new(claim, Change: Sent()))).Should().BeTrue();

        (await FindAsync(added.Session.Id)).Should().BeEquivalentTo(noted);
    }

    [Fact]
    public async Task Bounce_AppliesToTheLatestMessageOnce_AndTheOutboxDoesNotUndoIt()
    {
        var added = await AddAsync(new Draft { Messages = ["mail"], MessageId = "1@example.org" });
        var claim = await ClaimOneAsync(added, Now);
        await BeginAsync(claim, Now);

        (await BounceAsync(added, "2@example.org")).Applied.Should().BeFalse("it is another message");
        (await BounceAsync(added, "1@example.org")).Applied.Should().BeTrue();
        (await BounceAsync(added, "1@example.org")).Applied.Should().BeFalse("that is known");
        (await CompleteAsync(new(claim, Change: Sent()))).Should().BeTrue();

        (await FindAsync(added.Session.Id)).Session.Invitation.Should().Be(added.Session.Invitation! with { State = InvitationState.Bounced, At = Now, Reason = "5.1.1" });
        (await ClaimAsync(added, Now.AddHours(1))).Should().BeEmpty("the message is finished with all the same");
    }

    private async Task<TransitionResult> BounceAsync(StoredSession of, string messageId) => await Store.TransitionAsync(
        SessionSelector.ById(of.Session.Id),
        new() { Now = Now, CodeLive = true },
        Changes.Note(SessionEventKind.Invitation, Now) with { Attempt = new(InvitationState.Bounced, "5.1.1", 0) { MessageId = messageId }, Detail = "Bounced" },
        Cancellation);

    [Fact]
    public async Task Oldest_IsWhatHasBeenDueForLongest_UntilItIsFinishedWith()
    {
        // A shared store may hold others, none of which is older.
        var due = (await Store.FindOldestMessageAsync(Cancellation) ?? Draft.Morning).AddHours(-1);
        var added = await AddAsync(new Draft());
        await ApplyAsync(added.Session.Id, Changes.Note(SessionEventKind.Activity, Draft.Morning) with { Messages = [Draft.Message(added.Session.Id, "other", due)] });

        (await Store.FindOldestMessageAsync(Cancellation)).Should().Be(due);
        var claim = await ClaimOneAsync(added, Now);
        (await Store.FindOldestMessageAsync(Cancellation)).Should().Be(due, "it is not sent yet");
        await CompleteAsync(new(claim));

        (await Store.FindOldestMessageAsync(Cancellation)).Should().NotBe(due);
    }

    private static string Text(OutboxClaim claim) => System.Text.Encoding.UTF8.GetString(claim.Message.Payload);

    private static SessionChange Sent() => Changes.Note(SessionEventKind.Invitation, Now) with
    {
        Attempt = new(InvitationState.Sent, null, 1), Detail = "Sent",
    };

    private async Task<ImmutableArray<OutboxClaim>> ClaimAsync(StoredSession of, DateTimeOffset now, DateTimeOffset? horizon = null)
    {
        var claims = await Store.ClaimAsync(now, now + Lease, 1000, horizon, Cancellation);
        return [.. claims.Where(claim => claim.Message.Session == of.Session.Id)];
    }

    private async Task<OutboxClaim> ClaimOneAsync(StoredSession of, DateTimeOffset now) =>
        (await ClaimAsync(of, now)).Should().ContainSingle().Subject;

    private ValueTask<OutboxBegin> BeginAsync(OutboxClaim claim, DateTimeOffset now) => Store.BeginAsync(claim, now, Cancellation);

    private ValueTask<bool> CompleteAsync(OutboxResult result) => Store.CompleteAsync(result, Cancellation);
}

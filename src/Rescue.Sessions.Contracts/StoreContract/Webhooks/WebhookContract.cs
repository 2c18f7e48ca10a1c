using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Webhooks;
using Rescue.Sessions.Webhooks.Storage;

namespace Rescue.Sessions.StoreContract;

/// <summary>What every store of messages to webhooks must do.</summary>
public abstract class WebhookContract : StoreContract
{
    private static readonly DateTimeOffset Now = Draft.Morning.AddMinutes(1);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private readonly Lazy<IWebhookStore> webhooks;
    private readonly string webhook = Guid.NewGuid().ToString("N");

    protected WebhookContract() => webhooks = new(CreateWebhooks);

    protected abstract IWebhookStore CreateWebhooks();

    [Fact]
    public async Task Claim_Queued_IsGivenAsItWasQueued()
    {
        var delivery = Message(await SessionAsync(), 5);
        await AddAsync(delivery);

        var claim = (await ClaimAsync(Now)).Should().ContainSingle().Subject;

        claim.Delivery.Should().Be(delivery with { DueAt = Now + Lease });
        (await ListAsync()).Should().ContainSingle().Which.State.Should().Be(WebhookDeliveryState.Pending);
    }

    [Fact]
    public async Task Add_Again_LeavesWhatIsThere()
    {
        var delivery = Message(await SessionAsync(), 5);
        await AddAsync(delivery);
        await CompleteAsync((await ClaimAsync(Now))[0], null);

        await AddAsync(delivery with { Body = "another" }, delivery with { Webhook = webhook + "x" });

        (await ListAsync()).Should().ContainSingle().Which.Should().Match<WebhookDelivery>(kept => kept.Body == delivery.Body && kept.State == WebhookDeliveryState.Delivered);
        (await ClaimAsync(Now.AddHours(1))).Should().BeEmpty();
        (await webhooks.Value.ListAsync(webhook + "x", long.MaxValue, 9, Cancellation)).Should().ContainSingle();
    }

    [Fact]
    public async Task Add_OfASessionThatIsNoMore_IsLeftOut()
    {
        var session = await SessionAsync();
        await AddAsync(Message(session with { Id = SessionId.New(Now) }, 4), Message(session, 5));

        (await ListAsync()).Select(delivery => delivery.Sequence).Should().Equal(5);
        (await ClaimAsync(Now)).Select(claim => claim.Delivery.Sequence).Should().Equal(5);
    }

    [Fact]
    public async Task Due_AreThoseOfWhomSomethingCanBeSent()
    {
        var session = await SessionAsync();
        await AddAsync(Message(session, 5), Message(session, 6) with { Webhook = webhook + "b", DueAt = Now.AddMinutes(1) }, Message(session, 7) with { Webhook = webhook + "c" });

        (await DueAsync(Now)).Should().Equal(webhook, webhook + "c");
        (await DueAsync(Now.AddMinutes(1))).Should().Equal(webhook, webhook + "b", webhook + "c");
        await CompleteAsync((await ClaimAsync(Now))[0], null);
        (await DueAsync(Now.AddMinutes(1))).Should().Equal(webhook + "b", webhook + "c");
    }

    [Theory]
    [InlineData("queued")]
    [InlineData("claimed")]
    [InlineData("retried")]
    public async Task Due_HeldBeyondTheHorizon_IsDue(string how)
    {
        // A clock that was hours ahead.
        var (now, ahead) = (Now, Now.AddHours(5));
        var session = await SessionAsync();
        await AddAsync(Message(session, 5) with { CreatedAt = ahead, DueAt = ahead }, Message(session, 6) with { Webhook = webhook + "b", DueAt = now.AddMinutes(4) });
        if (how != "queued")
        {
            var held = (await ClaimAsync(ahead)).Should().ContainSingle().Subject;
            if (how == "retried")
                await CompleteAsync(held, ahead.AddMinutes(1), "503");
        }

        (await DueAsync(now)).Should().BeEmpty("no horizon was named");
        (await DueAsync(now, ahead.AddHours(1))).Should().BeEmpty();
        (await DueAsync(now, now.AddMinutes(5))).Should().Equal(webhook);

        var claim = (await ClaimAsync(now)).Should().ContainSingle().Subject;
        (claim.Delivery.Sequence, claim.Delivery.Attempts).Should().Be((5, how == "retried" ? 1 : 0));
        (await DueAsync(now, now.AddMinutes(5))).Should().BeEmpty("it is held, and the other is put off for its time");
    }

    [Fact]
    public async Task Due_ThousandBeyondTheHorizon_AreAllDue()
    {
        var session = await SessionAsync();
        await AddAsync([.. Enumerable.Range(1, 1_000).Select(i => Message(session, i) with { DueAt = Now.AddHours(5) })]);

        (await DueAsync(Now, Now.AddMinutes(5))).Should().Equal(webhook);

        (await webhooks.Value.ListAsync(webhook, long.MaxValue, 1_000, Cancellation)).Should().HaveCount(1_000).And.OnlyContain(delivery => delivery.DueAt <= Now);
    }

    [Fact]
    public async Task Claim_OfOneSession_GivesTheNextWhenTheOneBeforeIsFinishedWith()
    {
        var (session, other) = (await SessionAsync(), await SessionAsync());
        await AddAsync(Message(session, 7), Message(session, 5), Message(other, 6), Message(session, 8));

        var claims = await ClaimAsync(Now);
        claims.Select(claim => claim.Delivery.Sequence).Should().Equal(5, 6);
        (await ClaimAsync(Now)).Should().BeEmpty();
        await CompleteAsync(claims[0], Now.AddMinutes(3), "503");
        (await ClaimAsync(Now.AddMinutes(2))).Select(claim => claim.Delivery.Sequence).Should().Equal([6], "its lease has ended, and the one before the others is put off");
        var again = (await ClaimAsync(Now.AddMinutes(3))).Single(claim => claim.Delivery.Sequence == 5);
        (again.Delivery.Sequence, again.Delivery.Attempts, again.Delivery.Problem).Should().Be((5, 1, "503"));
        await CompleteAsync(again, null, "given up");

        (await ClaimAsync(Now.AddMinutes(3))).Select(claim => claim.Delivery.Sequence).Should().Equal([7], "one that has failed for good holds up no other");
    }

    [Fact]
    public async Task Claim_Limit_IsKeptAndTheLongestDueIsFirst()
    {
        await AddAsync(Message(await SessionAsync(), 5) with { DueAt = Now }, Message(await SessionAsync(), 6) with { DueAt = Now.AddSeconds(-1) });

        (await webhooks.Value.ClaimAsync(webhook, Now, Now + Lease, 1, Cancellation)).Should().ContainSingle().Which.Delivery.Sequence.Should().Be(6);
    }

    [Fact]
    public async Task Claim_ByManyAtOnce_GivesEachMessageOnce()
    {
        const int Messages = 60;
        var session = await SessionAsync();
        for (var i = 1; i <= Messages; i++)
            await AddAsync(Message(i % 2 == 0 ? session : await SessionAsync(), i));

        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () => await ClaimAsync(Now))));

        claims.SelectMany(taken => taken).Select(claim => claim.Delivery.Sequence).Order()
            .Should().Equal(Enumerable.Range(1, Messages).Where(i => i % 2 == 1 || i == 2).Select(i => (long)i));
    }

    [Fact]
    public async Task Complete_UnderAnEarlierClaim_StoresNothing()
    {
        await AddAsync(Message(await SessionAsync(), 5));
        var lost = (await ClaimAsync(Now))[0];
        var claim = (await ClaimAsync(Now + Lease))[0];

        (await CompleteAsync(lost, null)).Should().BeFalse();
        (await CompleteAsync(claim, null)).Should().BeTrue();
        (await CompleteAsync(claim, Now.AddHours(1))).Should().BeFalse("it is finished with");
        (await ListAsync())[0].Attempts.Should().Be(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Complete_Again_StoresNothing(bool isRetried)
    {
        await AddAsync(Message(await SessionAsync(), 5));
        var claim = (await ClaimAsync(Now))[0];
        DateTimeOffset? retryAt = isRetried ? Now.AddMinutes(3) : null;

        (await CompleteAsync(claim, retryAt, "503")).Should().BeTrue();
        (await CompleteAsync(claim, retryAt, "503")).Should().BeFalse("its answer was lost on the way, and what it says is stored");

        (await ListAsync())[0].Attempts.Should().Be(1);
    }

    [Fact]
    public async Task Complete_Several_StoresEach()
    {
        await AddAsync(Message(await SessionAsync(), 5), Message(await SessionAsync(), 6), Message(await SessionAsync(), 7));
        var claims = await ClaimAsync(Now);
        await CompleteAsync(claims[1], null);

        var stored = await webhooks.Value.CompleteAsync(
            [new(claims[2], Now.AddSeconds(1), 500, "500", Now.AddMinutes(9)), new(claims[1], Now, 200, null, null), new(claims[0], Now.AddSeconds(2), 204, null, null)], Cancellation);

        stored.Should().Equal(true, false, true);
        var log = await ListAsync();
        log.Select(delivery => (delivery.Sequence, delivery.State)).Should()
            .Equal((7, WebhookDeliveryState.Pending), (6, WebhookDeliveryState.Delivered), (5, WebhookDeliveryState.Delivered));
        (log[0].StatusCode, log[0].Problem, log[0].DueAt, log[0].AttemptedAt, log[0].FinishedAt).Should()
            .Be((500, "500", Now.AddMinutes(9), Now.AddSeconds(1), (DateTimeOffset?)null));
        (log[2].StatusCode, log[2].Problem, log[2].DueAt, log[2].FinishedAt).Should().Be((204, (string?)null, (DateTimeOffset?)null, Now.AddSeconds(2)));
    }

    [Fact]
    public async Task GiveBack_Claimed_IsDueAtOnceAndWasNotAttempted()
    {
        var session = await SessionAsync();
        await AddAsync(Message(session, 5), Message(session, 6), Message(await SessionAsync(), 7), Message(await SessionAsync(), 8));
        var claims = await ClaimAsync(Now);
        var later = Now.AddSeconds(2);

        await GiveBackAsync(later, claims[0], claims[2]);
        await GiveBackAsync(later);

        (await ClaimAsync(Now)).Should().BeEmpty();
        var again = await ClaimAsync(later);
        again.Select(claim => (claim.Delivery.Sequence, claim.Delivery.Attempts, claim.Delivery.AttemptedAt)).Should()
            .Equal([(5, 0, null), (8, 0, null)], "7 is held, and 6 comes after 5");
        (await CompleteAsync(claims[0], null)).Should().BeFalse("it was given back");
        (await CompleteAsync(again[0], null)).Should().BeTrue();
        (await CompleteAsync(claims[1], null)).Should().BeTrue();
    }

    [Theory]
    [InlineData("claimed again")]
    [InlineData("put off")]
    [InlineData("delivered")]
    public async Task GiveBack_NoLongerHeld_StaysAsItIs(string how)
    {
        await AddAsync(Message(await SessionAsync(), 5));
        var claim = (await ClaimAsync(Now))[0];
        if (how == "claimed again")
            await ClaimAsync(Now + Lease);
        else
            await CompleteAsync(claim, how == "put off" ? Now.AddHours(1) : null, how == "put off" ? "503" : null);
        var before = await ListAsync();

        await GiveBackAsync(Now.AddSeconds(1), claim, claim with { Delivery = claim.Delivery with { Webhook = webhook + "x" } });

        (await ListAsync()).Should().Equal(before);
    }

    [Fact]
    public async Task List_PageByPage_IsTheLatestFirst()
    {
        var session = await SessionAsync();
        await AddAsync([.. Enumerable.Range(1, 9).Select(sequence => Message(session, sequence))]);

        (await webhooks.Value.ListAsync(webhook, long.MaxValue, 3, Cancellation)).Select(delivery => delivery.Sequence).Should().Equal(9, 8, 7);
        (await webhooks.Value.ListAsync(webhook, 3, 3, Cancellation)).Select(delivery => delivery.Sequence).Should().Equal(2, 1);
        (await webhooks.Value.ListAsync(webhook + "x", long.MaxValue, 3, Cancellation)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("given up")]
    public async Task Replay_FinishedWith_IsDueAsANewOne(string? problem)
    {
        await AddAsync(Message(await SessionAsync(), 5));
        var claim = (await ClaimAsync(Now))[0];
        await CompleteAsync(claim, null, problem);
        var later = Now.AddDays(1);

        var again = await webhooks.Value.ReplayAsync(webhook, 5, later, Cancellation);

        (again!.State, again.DueAt, again.Attempts, again.FinishedAt).Should().Be((WebhookDeliveryState.Pending, later, 0, (DateTimeOffset?)null));
        (await ClaimAsync(later)).Should().ContainSingle();
        (await CompleteAsync(claim, null)).Should().BeFalse("the claim is an earlier one");
        (await webhooks.Value.ReplayAsync(webhook, 6, later, Cancellation)).Should().BeNull();
    }

    [Fact]
    public async Task Replay_PutOff_IsDueNow()
    {
        await AddAsync(Message(await SessionAsync(), 5));
        await CompleteAsync((await ClaimAsync(Now))[0], Now.AddHours(1), "503");

        (await webhooks.Value.ReplayAsync(webhook, 5, Now.AddMinutes(1), Cancellation))!.Attempts.Should().Be(1);

        (await ClaimAsync(Now.AddMinutes(1))).Should().ContainSingle();
    }

    [Fact]
    public async Task Drop_Receiver_ForgetsItsMessagesAlone()
    {
        var delivery = Message(await SessionAsync(), 5);
        await AddAsync(delivery, delivery with { Webhook = webhook + "x" });

        await webhooks.Value.DropAsync(webhook, Cancellation);

        (await ListAsync()).Should().BeEmpty();
        (await DueAsync(Now)).Should().Equal(webhook + "x");
    }

    [Fact]
    public async Task Forget_FinishedWithLongAgo_IsGone()
    {
        await AddAsync(Message(await SessionAsync(), 5), Message(await SessionAsync(), 6), Message(await SessionAsync(), 7));
        var claims = await ClaimAsync(Now);
        await CompleteAsync(claims[0], null);
        await CompleteAsync(claims[1], null, "given up");
        await CompleteAsync(claims[2], Now.AddHours(1), "503");

        var forgotten = 0;
        while (await webhooks.Value.ForgetAsync(Now.AddDays(1), 1, Cancellation) is > 0 and var step)
            forgotten += step;

        forgotten.Should().BeGreaterThanOrEqualTo(2);
        (await ListAsync()).Select(delivery => delivery.Sequence).Should().Equal([7], "it is not finished with");
    }

    [Theory]
    [InlineData("listed")]
    [InlineData("claimed")]
    [InlineData("replayed")]
    public async Task Erased_Session_TakesItsMessagesAlong(string next)
    {
        var (closed, other) = (await SessionAsync(), await SessionAsync());
        await ApplyAsync(closed.Id, Changes.Of(SessionTrigger.Close, Now));
        await AddAsync(Message(closed, 5), Message(closed, 6), Message(other, 7));

        await Store.EraseAsync(new() { Tenant = closed.Tenant, EndedBefore = DateTimeOffset.MaxValue, Limit = 10 }, Cancellation);

        if (next == "claimed")
            (await ClaimAsync(Now)).Select(claim => claim.Delivery.Sequence).Should().Equal(7);
        if (next == "replayed")
            (await webhooks.Value.ReplayAsync(webhook, 6, Now, Cancellation)).Should().BeNull();
        (await ListAsync()).Select(delivery => delivery.Sequence).Should().Equal(7);
    }

    private async Task<Session> SessionAsync() => (await AddAsync(new Draft())).Session;

    private WebhookDelivery Message(Session session, long sequence) => new()
    {
        Webhook = webhook, Sequence = sequence, Tenant = session.Tenant, Session = session.Id, Type = "session.created", Body = """{"é":"你好"}""",
        CreatedAt = Now.AddSeconds(-2), DueAt = Now.AddSeconds(-1),
    };

    private ValueTask AddAsync(params WebhookDelivery[] deliveries) => webhooks.Value.AddAsync([.. deliveries], Cancellation);

    private async Task<IReadOnlyList<WebhookClaim>> ClaimAsync(DateTimeOffset now) =>
        await webhooks.Value.ClaimAsync(webhook, now, now + Lease, 100, Cancellation);

    private async Task<bool> CompleteAsync(WebhookClaim claim, DateTimeOffset? retryAt, string? problem = null) =>
        (await webhooks.Value.CompleteAsync([new(claim, Now, problem is null ? 200 : 503, problem, retryAt)], Cancellation)).Single();

    private ValueTask GiveBackAsync(DateTimeOffset now, params WebhookClaim[] claims) => webhooks.Value.GiveBackAsync([.. claims], now, Cancellation);

    private async Task<IReadOnlyList<WebhookDelivery>> ListAsync() => await webhooks.Value.ListAsync(webhook, long.MaxValue, 100, Cancellation);

    // A shared store may have others.
    private async Task<IEnumerable<string>> DueAsync(DateTimeOffset now, DateTimeOffset? horizon = null) =>
        (await webhooks.Value.FindDueAsync(now, horizon, Cancellation)).Select(due => due.Webhook).Where(due => due.StartsWith(webhook, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}

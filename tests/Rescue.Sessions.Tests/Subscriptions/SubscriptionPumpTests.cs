using Rescue.Sessions.Feed;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Subscriptions;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Subscriptions;

public sealed class SubscriptionPumpTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_OfAllTenants_AreHandledInOrderWithTheirSessionsAndWithoutTimePassing()
    {
        using var node = new SubscriptionNode();
        var sessions = new List<SessionUpdate>();
        node.Crm.Script = (update, _) =>
        {
            lock (sessions)
                sessions.Add(update);
            return Task.CompletedTask;
        };
        await node.Pump.StartAsync(Cancellation);
        await TakenAsync(node);

        var (id, _, _) = await node.Desk.WaitingAsync();
        var (other, _) = await node.Desk.CreateAsync(node.Desk.Stranger);

        await SubscriptionNode.UntilAsync(() => node.Crm.Handled.Count == 4);
        await node.Pump.StopAsync(Cancellation);
        sessions.Where(update => update.Event.Session == id).Select(update => update.Event).Should().Equal(await HistoryAsync(node, id));
        sessions.Should().ContainSingle(update => update.Event.Session == other.Id).Which.Session!.Tenant.Should().Be("elsewhere");
        sessions.Should().OnlyContain(update => update.Session!.Id == update.Event.Session);
    }

    [Theory]
    [InlineData(SubscriptionStart.Now, 1)]
    [InlineData(SubscriptionStart.Beginning, 4)]
    public async Task Start_OfAnUnknownSubscription_IsWhereTheOptionSays(SubscriptionStart start, int handled)
    {
        using var node = new SubscriptionNode(configure: options => options.Start = start);
        for (var i = 0; i < 3; i++)
            await node.Desk.CreateAsync();

        await node.Pump.StartAsync(Cancellation);
        await TakenAsync(node);
        var (last, _) = await node.Desk.CreateAsync();

        // Those of other sessions are handled beside it.
        await SubscriptionNode.UntilAsync(() => node.Crm.Handled.Count >= handled && node.Crm.Handled.Any(happened => happened.Session == last.Id));
        await node.Pump.StopAsync(Cancellation);
        node.Crm.Handled.Should().HaveCount(handled);
    }

    [Fact]
    public async Task Restart_HandlesWhatCameMeanwhileAndNothingTwice()
    {
        var (sessions, subscriptions) = (new InMemorySessionStore(), new InMemorySubscriptionStore());
        using var first = new SubscriptionNode(sessions, subscriptions);
        await first.Pump.StartAsync(Cancellation);
        await TakenAsync(first);
        await first.Desk.CreateAsync();
        await SubscriptionNode.UntilAsync(() => first.Crm.Handled.Count == 1);
        await first.Pump.StopAsync(Cancellation);
        for (var i = 0; i < 600; i++)
            await first.Desk.CreateAsync();

        using var second = new SubscriptionNode(sessions, subscriptions);
        await second.Pump.StartAsync(Cancellation);

        await SubscriptionNode.UntilAsync(() => second.Crm.Handled.Count == 600);
        await second.Pump.StopAsync(Cancellation);
        second.Crm.Sequences.Order().Should().Equal(Enumerable.Range(2, 600).Select(sequence => (long)sequence));
    }

    [Fact]
    public async Task Handler_ThatFails_HoldsUpItsSessionAloneAndIsTriedAgainInOrder()
    {
        using var node = new SubscriptionNode();
        var (id, _, _) = await node.Desk.WaitingAsync();
        var broken = true;
        node.Crm.Script = (update, _) => update.Event.Session == id && broken ? throw new InvalidOperationException("not now") : Task.CompletedTask;
        await node.Pump.StartAsync(Cancellation);
        await TakenAsync(node);

        await node.Desk.Technicians.StartAsync(node.Desk.Ada, id, Cancellation);
        await node.Desk.Technicians.HoldAsync(node.Desk.Ada, id, Cancellation);
        await node.Desk.Technicians.ResumeAsync(node.Desk.Ada, id, Cancellation);
        for (var i = 0; i < 20; i++)
            await node.Desk.CreateAsync();
        await SubscriptionNode.UntilAsync(() => node.Crm.Handled.Count == 20);
        await node.PassUntilAsync(() => node.Crm.Tried.Count(happened => happened.Session == id) >= 3);
        node.Crm.Tried.Where(happened => happened.Session == id).Should().OnlyContain(happened => happened.Trigger == SessionTrigger.Start);
        broken = false;
        await node.PassUntilAsync(() => node.Crm.Handled.Count == 23);
        await node.Pump.StopAsync(Cancellation);

        node.Crm.Handled.Where(happened => happened.Session == id).Select(happened => happened.Trigger)
            .Should().Equal(SessionTrigger.Start, SessionTrigger.Hold, SessionTrigger.Resume);
    }

    [Fact]
    public async Task Handler_ThatFailsTooOften_IsParkedAndShown_AndTheNextIsHandled()
    {
        using var node = new SubscriptionNode(configure: options => options.MaxAttempts = 3);
        var (id, _, _) = await node.Desk.WaitingAsync();
        var broken = true;
        node.Crm.Script = (update, _) => update.Event.Trigger == SessionTrigger.Start && broken ? throw new InvalidOperationException("no\0body") : Task.CompletedTask;
        await node.Pump.StartAsync(Cancellation);
        await TakenAsync(node);
        await node.Desk.Technicians.StartAsync(node.Desk.Ada, id, Cancellation);
        await node.Desk.Technicians.HoldAsync(node.Desk.Ada, id, Cancellation);

        await node.PassUntilAsync(async () => (await node.Parked.ListParkedAsync("crm", cancellationToken: Cancellation)).Length == 1);

        var parked = (await node.Parked.ListParkedAsync("crm", cancellationToken: Cancellation))[0];
        (parked.Session, parked.Tenant, parked.Attempts, parked.RetryAt, parked.Problem).Should()
            .Be((id, node.Desk.Ada.Tenant, 3, (DateTimeOffset?)null, "InvalidOperationException: no body"));
        await SubscriptionNode.UntilAsync(() => node.Crm.Handled.Count == 1);
        node.Crm.Handled.Single().Trigger.Should().Be(SessionTrigger.Hold);
        (await node.Parked.RetryAsync("crm", parked.Sequence + 100, Cancellation)).Should().BeFalse();

        broken = false;
        (await node.Parked.RetryAsync("crm", parked.Sequence, Cancellation)).Should().BeTrue();

        await node.PassUntilAsync(() => node.Crm.Handled.Count == 2);
        await node.Pump.StopAsync(Cancellation);
        node.Crm.Handled.Last().Sequence.Should().Be(parked.Sequence);
        (await node.Parked.ListParkedAsync("crm", cancellationToken: Cancellation)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Held_AheadOfWhereEverythingIsOver_IsAsItWas_AfterItsNodeWasKilled(bool isParked)
    {
        var subscriptions = new InMemorySubscriptionStore();
        using var node = new SubscriptionNode(subscriptions: subscriptions, configure: options => options.MaxAttempts = 3);
        node.Crm.Script = (update, _) => update.Event.Sequence == 2 ? throw new InvalidOperationException("not now") : Task.CompletedTask;
        var sessions = new List<Session>();
        for (var i = 0; i < 3; i++)
            sessions.Add((await node.Desk.CreateAsync()).Session);
        var now = node.Desk.Time.GetUtcNow();
        var lease = (await subscriptions.TryTakeAsync("crm", "killed", now, now, 0, Cancellation))!.Value;
        HeldEvent held = new()
        {
            Subscription = "crm", Sequence = 2, Session = sessions[1].Id, Tenant = sessions[1].Tenant, HeldSince = now, Attempts = isParked ? 3 : 2,
            RetryAt = isParked ? null : now,
        };
        // The first was still being handled.
        (await subscriptions.SaveAsync(new("crm", lease.Fence, now, 0) { Held = [held] }, Cancellation)).Should().BeTrue();

        await node.Pump.StartAsync(Cancellation);
        await node.PassUntilAsync(async () => node.Crm.Handled.Count == 2 && (await node.Parked.ListParkedAsync("crm", cancellationToken: Cancellation)).Length == 1);
        await node.Pump.StopAsync(Cancellation);

        node.Crm.Tried.Count(happened => happened.Sequence == 2).Should().Be(isParked ? 0 : 1);
        var parked = await node.Parked.ListParkedAsync("crm", cancellationToken: Cancellation);
        parked.Should().ContainSingle().Which.Should().Match<HeldEvent>(one => one.Sequence == 2 && one.Attempts == 3);
        node.Crm.Sequences.Order().Should().Equal(1, 3);
        (await subscriptions.TryTakeAsync("crm", "next", node.Desk.Time.GetUtcNow(), node.Desk.Time.GetUtcNow(), 0, Cancellation))!.Value.Position.Should().Be(3);
    }

    [Fact]
    public async Task Parked_Discarded_IsNeverHandled()
    {
        using var node = new SubscriptionNode(configure: options => options.MaxAttempts = 1);
        node.Crm.Script = (_, _) => throw new InvalidOperationException();
        await node.Pump.StartAsync(Cancellation);
        await TakenAsync(node);
        await node.Desk.CreateAsync();
        await node.PassUntilAsync(async () => (await node.Parked.ListParkedAsync("crm", cancellationToken: Cancellation)).Length == 1);

        (await node.Parked.DiscardAsync("crm", 1, Cancellation)).Should().BeTrue();

        (await node.Parked.ListParkedAsync("crm", cancellationToken: Cancellation)).Should().BeEmpty();
        (await node.Parked.RetryAsync("crm", 1, Cancellation)).Should().BeFalse();
        await node.Pump.StopAsync(Cancellation);
        node.Crm.Tried.Should().ContainSingle();
    }

    [Fact]
    public async Task Handler_ThatIsSlow_HoldsUpNeitherOtherSessionsNorOtherSubscriptions()
    {
        using var node = new SubscriptionNode(billing: true);
        var (slow, _) = await node.Desk.CreateAsync();
        var released = new TaskCompletionSource();
        node.Crm.Script = (update, _) => update.Event.Session == slow.Id ? released.Task : Task.CompletedTask;
        await node.Pump.StartAsync(Cancellation);
        await TakenAsync(node, subscriptions: 2);
        await node.Desk.Technicians.RevokeAsync(node.Desk.Ada, slow.Id, Cancellation);
        // More than are taken up at once while the first is not over.
        for (var i = 0; i < 1_500; i++)
            await node.Desk.CreateAsync();

        await SubscriptionNode.UntilAsync(() => node.Billing.Handled.Count == 1_501);
        await SubscriptionNode.UntilAsync(() => node.Crm.Handled.Count == 999);
        released.SetResult();

        await SubscriptionNode.UntilAsync(() => node.Crm.Handled.Count == 1_501);
        await node.Pump.StopAsync(Cancellation);
        node.Crm.Sequences.Order().Should().Equal(node.Billing.Sequences.Order());
    }

    [Fact]
    public async Task Handlers_Concurrency_IsKept()
    {
        using var node = new SubscriptionNode(configure: options => options.Concurrency = 3);
        var (running, most) = (0, 0);
        node.Crm.Script = async (_, _) =>
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            await Task.Yield();
            Interlocked.Decrement(ref running);
        };
        await node.Pump.StartAsync(Cancellation);
        await TakenAsync(node);
        for (var i = 0; i < 300; i++)
            await node.Desk.CreateAsync();

        await SubscriptionNode.UntilAsync(() => node.Crm.Handled.Count == 300);
        await node.Pump.StopAsync(Cancellation);
        most.Should().BeInRange(1, 3);
    }

    [Fact]
    public async Task Attempt_ThatTakesTooLong_IsEnded()
    {
        using var node = new SubscriptionNode(configure: options => (options.Timeout, options.MaxAttempts) = (TimeSpan.FromSeconds(5), 1));
        node.Crm.Script = (_, cancellation) => new TaskCompletionSource().Task.WaitAsync(cancellation);
        await node.Pump.StartAsync(Cancellation);
        await TakenAsync(node);
        await node.Desk.CreateAsync();

        await node.PassUntilAsync(async () => (await node.Parked.ListParkedAsync("crm", cancellationToken: Cancellation)).Length == 1);

        (await node.Parked.ListParkedAsync("crm", cancellationToken: Cancellation))[0].Problem.Should().Be("The handler took longer than 00:00:05.");
        await node.Pump.StopAsync(Cancellation);
    }

    [Fact]
    public async Task TwoNodes_WorkASubscriptionOneAfterTheOther()
    {
        var (sessions, subscriptions) = (new InMemorySessionStore(), new InMemorySubscriptionStore());
        using var one = new SubscriptionNode(sessions, subscriptions);
        using var two = new SubscriptionNode(sessions, subscriptions);
        await one.Pump.StartAsync(Cancellation);
        await TakenAsync(one);
        await two.Pump.StartAsync(Cancellation);
        for (var i = 0; i < 10; i++)
            await (i % 2 == 0 ? one : two).Desk.CreateAsync();
        await SubscriptionNode.UntilAsync(() => one.Crm.Handled.Count == 10);
        two.Crm.Tried.Should().BeEmpty();

        await one.Pump.StopAsync(Cancellation);
        for (var i = 0; i < 10; i++)
            await one.Desk.CreateAsync();
        await two.PassUntilAsync(() => two.Crm.Handled.Count == 10);

        await two.Pump.StopAsync(Cancellation);
        two.Crm.Sequences.Should().NotIntersectWith(one.Crm.Sequences);
    }

    [Fact]
    public async Task NodeThatFellAsleep_StoresNothingOverTheOther_AndRepeatsOnlyTheSameEvents()
    {
        var (sessions, subscriptions) = (new InMemorySessionStore(), new InMemorySubscriptionStore());
        using var asleep = new SubscriptionNode(sessions, subscriptions);
        using var other = new SubscriptionNode(sessions, subscriptions);
        var begun = new TaskCompletionSource();
        var awake = new TaskCompletionSource();
        asleep.Crm.Script = (_, _) =>
        {
            begun.TrySetResult();
            return awake.Task;
        };
        await asleep.Pump.StartAsync(Cancellation);
        await TakenAsync(asleep);
        await asleep.Desk.CreateAsync();
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        await asleep.Desk.CreateAsync();

        other.Desk.Time.Advance(SubscriptionRun.Lease);
        await other.Pump.StartAsync(Cancellation);
        await SubscriptionNode.UntilAsync(() => other.Crm.Handled.Count == 2);
        awake.SetResult();
        await asleep.PassUntilAsync(() => asleep.Crm.Handled.Count >= 1);
        await asleep.Pump.StopAsync(Cancellation);
        await other.Pump.StopAsync(Cancellation);

        other.Crm.Sequences.Order().Should().Equal(1, 2);
        asleep.Crm.Sequences.Should().BeSubsetOf([1, 2]);
        (await subscriptions.TryTakeAsync("crm", "x", DateTimeOffset.MaxValue.AddDays(-9), DateTimeOffset.MaxValue.AddDays(-8), 0, Cancellation))!
            .Value.Position.Should().Be(2);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(120)]
    public async Task Stop_WhileHandlingForLongerThanALease_LeavesNothingToAnotherNode(int seconds)
    {
        var (sessions, subscriptions) = (new InMemorySessionStore(), new InMemorySubscriptionStore());
        using var node = new SubscriptionNode(sessions, subscriptions, options => options.Timeout = TimeSpan.FromMinutes(5));
        var end = new TaskCompletionSource();
        node.Crm.Script = (_, _) => end.Task;
        await node.Pump.StartAsync(Cancellation);
        await TakenAsync(node);
        await node.Desk.CreateAsync();
        await SubscriptionNode.UntilAsync(() => node.Crm.Tried.Count == 1);

        var stopping = node.Pump.StopAsync(Cancellation);
        for (var second = 0; second < seconds; second++)
        {
            var until = node.Desk.Time.GetUtcNow() + TimeSpan.FromSeconds(1);
            await Soon.PassCarefullyUntilAsync(node.Desk.Time, TimeSpan.FromMilliseconds(50), () => Task.FromResult(node.Desk.Time.GetUtcNow() >= until));
            var now = node.Desk.Time.GetUtcNow();
            (await subscriptions.TryTakeAsync("crm", "another", now, now + TimeSpan.FromSeconds(15), 0, Cancellation)).Should().BeNull("the handler is at work");
        }

        end.SetResult();
        await stopping;
        var after = node.Desk.Time.GetUtcNow();
        (await subscriptions.TryTakeAsync("crm", "another", after, after + TimeSpan.FromSeconds(15), 0, Cancellation))!.Value.Position.Should().Be(1);
    }

    [Fact]
    public async Task Stop_WhileHandling_WaitsForTheEndAndStoresIt()
    {
        var (sessions, subscriptions) = (new InMemorySessionStore(), new InMemorySubscriptionStore());
        using var node = new SubscriptionNode(sessions, subscriptions, options => options.Concurrency = 1);
        var begun = new TaskCompletionSource();
        var done = new TaskCompletionSource();
        node.Crm.Script = (_, _) =>
        {
            begun.TrySetResult();
            return done.Task;
        };
        await node.Pump.StartAsync(Cancellation);
        await TakenAsync(node);
        var (session, _) = await node.Desk.CreateAsync();
        await node.Desk.Technicians.RevokeAsync(node.Desk.Ada, session.Id, Cancellation);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        var stopping = node.Pump.StopAsync(Cancellation);
        stopping.IsCompleted.Should().BeFalse();
        done.SetResult();
        await stopping.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        // The second may have begun before the end was heard of.
        node.Crm.Handled.Should().NotBeEmpty();
        (await subscriptions.TryTakeAsync("crm", "x", SupportDesk.Morning, SupportDesk.Morning, 0, Cancellation))!.Value.Position
            .Should().Be(node.Crm.Handled.Count, "the lease was given back with what was done");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stop_BetweenTakingASubscriptionAndKeepingIt_LeavesItToAnotherNodeAtOnce(bool storeFails)
    {
        var subscriptions = new FailingSubscriptionStore();
        using var node = new SubscriptionNode(subscriptions: subscriptions);
        Task? stopping = null;
        subscriptions.Reading = () =>
        {
            stopping ??= node.Pump.StopAsync(Cancellation);
            if (storeFails)
                throw new SessionStoreException("The store is out of reach for a moment.");
        };

        await node.Pump.StartAsync(Cancellation);
        await node.PassUntilAsync(() => stopping is not null);
        await stopping!;

        await ExpectFreeAsync(node, subscriptions);
    }

    [Fact]
    public async Task Stop_OfWhatHasComeToAStandJustBefore_LeavesItToAnotherNodeAtOnce()
    {
        var (sessions, probe) = StoreProbe.Create();
        var subscriptions = new InMemorySubscriptionStore();
        using var node = new SubscriptionNode(sessions, subscriptions, options => options.Start = SubscriptionStart.Beginning);
        await node.Desk.CreateAsync();
        DateTimeOffset? stood = null;
        probe.Asked = name =>
        {
            if (name != nameof(ISessionStore.ReadFeedAsync) || probe.Queries.All(query => query.UpTo == long.MaxValue))
                return;
            stood = node.Desk.Time.GetUtcNow();
            throw new InvalidOperationException("A mistake of the store's.");
        };
        await node.Pump.StartAsync(Cancellation);

        // It is looked at every five seconds.
        await node.PassUntilAsync(() => node.Desk.Time.GetUtcNow() > stood + TimeSpan.FromSeconds(7));
        await node.Pump.StopAsync(Cancellation);

        await ExpectFreeAsync(node, subscriptions);
    }

    [Fact]
    public async Task Outage_OfTheStore_IsWaitedForAndLosesNothing()
    {
        var (sessions, probe) = StoreProbe.Create();
        var subscriptions = new FailingSubscriptionStore();
        using var node = new SubscriptionNode(sessions, subscriptions);
        subscriptions.IsAway = probe.IsAway = true;
        await node.Pump.StartAsync(Cancellation);
        await node.PassUntilAsync(() => probe.Calls > 3);
        subscriptions.IsAway = probe.IsAway = false;
        await node.PassUntilAsync(async () => await TakenOrNotAsync(node));

        await node.Desk.CreateAsync();
        await node.PassUntilAsync(() => node.Crm.Handled.Count == 1);
        subscriptions.IsAway = probe.IsAway = true;
        for (var i = 0; i < 50; i++)
            await node.Desk.CreateAsync();
        await node.PassUntilAsync(() => subscriptions.Refusals > 5);
        subscriptions.IsAway = probe.IsAway = false;

        await node.PassUntilAsync(() => node.Crm.Handled.Count == 51);
        await node.Pump.StopAsync(Cancellation);
        node.Crm.Sequences.Order().Should().Equal(Enumerable.Range(1, 51).Select(sequence => (long)sequence));
        (await subscriptions.TryTakeAsync("crm", "x", node.Desk.Time.GetUtcNow(), node.Desk.Time.GetUtcNow(), 0, Cancellation))!.Value.Position.Should().Be(51);
    }

    [Fact]
    public async Task Store_ThatLosesItsOwnPatience_IsAskedAgainForWhatWasMissed()
    {
        var (sessions, probe) = StoreProbe.Create();
        using var node = new SubscriptionNode(sessions, configure: options => options.Start = SubscriptionStart.Beginning);
        await node.Desk.CreateAsync();
        probe.Asked = name =>
        {
            // Of those who read there, whoever has missed something says up to where.
            if (name == nameof(ISessionStore.ReadFeedAsync) && probe.Queries.Count(query => query.UpTo < long.MaxValue) == 1)
                throw new TaskCanceledException("The driver waits for no longer.");
        };

        await node.Pump.StartAsync(Cancellation);
        await node.PassUntilAsync(() => node.Crm.Handled.Count == 1);

        await node.Pump.StopAsync(Cancellation);
    }

    /// <summary>While nothing is handled, what comes waits in the store and not in memory.</summary>
    [Fact]
    public async Task Handler_ThatAlwaysFails_HoldsNoMoreThanAThousand_AndCatchesUpInOrder()
    {
        using var node = new SubscriptionNode(configure: options => options.MaxRetryDelay = TimeSpan.FromSeconds(1));
        var broken = true;
        node.Crm.Script = (_, _) => broken ? throw new InvalidOperationException() : Task.CompletedTask;
        await node.Pump.StartAsync(Cancellation);
        await TakenAsync(node);
        for (var i = 0; i < 1_200; i++)
        {
            var (session, _) = await node.Desk.CreateAsync();
            await node.Desk.Technicians.RevokeAsync(node.Desk.Ada, session.Id, Cancellation);
        }

        await SubscriptionNode.UntilAsync(() => node.Crm.Tried.Count >= 500);
        node.Crm.Tried.Select(happened => happened.Sequence).Max().Should().BeLessThanOrEqualTo(2_000);
        broken = false;

        await node.PassUntilAsync(() => node.Crm.Handled.Count == 2_400);
        await node.Pump.StopAsync(Cancellation);
        node.Crm.Handled.GroupBy(happened => happened.Session).Should().OnlyContain(session => session.First().Sequence < session.Last().Sequence);
        node.Crm.Sequences.Order().Should().Equal(Enumerable.Range(1, 2_400).Select(sequence => (long)sequence));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(48)]
    public async Task Clock_SetBack_WhatIsHeldIsTriedAgainSoon(int hours)
    {
        var subscriptions = new InMemorySubscriptionStore();
        using var node = new SubscriptionNode(subscriptions: subscriptions, configure: options => options.MaxRetryDelay = TimeSpan.FromMinutes(1));
        var broken = true;
        node.Crm.Script = (_, _) => broken ? throw new InvalidOperationException("not now") : Task.CompletedTask;
        await node.Pump.StartAsync(Cancellation);
        await TakenAsync(node);
        await node.Desk.CreateAsync();
        await node.PassUntilAsync(async () => !(await subscriptions.ReadHeldAsync("crm", parked: false, 0, 1, Cancellation)).IsEmpty);
        broken = false;

        node.Desk.Time.AdjustTime(node.Desk.Time.GetUtcNow() - TimeSpan.FromHours(hours));
        var began = node.Desk.Time.GetUtcNow();
        await node.PassCarefullyUntilAsync(() => Task.FromResult(node.Crm.Handled.Count == 1));

        (node.Desk.Time.GetUtcNow() - began).Should().BeLessThan(TimeSpan.FromMinutes(2));
        await node.Pump.StopAsync(Cancellation);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(48)]
    public async Task Clock_SetBackWhileAnotherHasIt_IsTakenSoon(int hours)
    {
        var subscriptions = new InMemorySubscriptionStore();
        using var node = new SubscriptionNode(subscriptions: subscriptions);
        var now = node.Desk.Time.GetUtcNow();
        await subscriptions.TryTakeAsync("crm", "another", now, now + TimeSpan.FromSeconds(15), 0, Cancellation);
        await node.Pump.StartAsync(Cancellation);
        // It asks at once, and is refused.
        await Soon.PassUntilAsync(node.Desk.Time, TimeSpan.FromMilliseconds(100), () => Task.FromResult(node.Desk.Time.GetUtcNow() - now > TimeSpan.FromSeconds(3)));

        node.Desk.Time.AdjustTime(now - TimeSpan.FromHours(hours));
        await node.PassCarefullyUntilAsync(() => TakenOrNotAsync(node));

        (node.Desk.Time.GetUtcNow() - (now - TimeSpan.FromHours(hours))).Should().BeLessThan(TimeSpan.FromMinutes(1));
        await node.Pump.StopAsync(Cancellation);
    }

    // The subscription begins when it is taken; what was made before is none of it.
    private static async Task ExpectFreeAsync(SubscriptionNode node, ISubscriptionStore subscriptions)
    {
        var now = node.Desk.Time.GetUtcNow();
        (await subscriptions.TryTakeAsync("crm", "another", now, now + TimeSpan.FromSeconds(15), 0, Cancellation)).Should().NotBeNull();
    }

    private static Task TakenAsync(SubscriptionNode node, int subscriptions = 1) => SubscriptionNode.UntilAsync(() => TakenOrNotAsync(node, subscriptions));

    private static async Task<bool> TakenOrNotAsync(SubscriptionNode node, int subscriptions = 1)
    {
        await Task.Yield();
        return node.Desk.Get<SessionFeed>().Listeners == subscriptions;
    }

    private static async Task<IEnumerable<SessionEvent>> HistoryAsync(SubscriptionNode node, SessionId id) =>
        (await node.Desk.Store.ReadEventsAsync(new() { Session = id }, Cancellation)).Events;

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
            Interlocked.CompareExchange(ref most, value, seen);
    }
}

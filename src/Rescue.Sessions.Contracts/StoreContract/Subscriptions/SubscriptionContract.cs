using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Subscriptions;

namespace Rescue.Sessions.StoreContract;

/// <summary>What every store of durable subscriptions must do.</summary>
public abstract class SubscriptionContract : StoreContract
{
    private static readonly DateTimeOffset Now = Draft.Morning;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private readonly Lazy<ISubscriptionStore> subscriptions;
    private readonly string name = "s" + Guid.NewGuid().ToString("N");

    protected SubscriptionContract() => subscriptions = new(CreateSubscriptions);

    protected abstract ISubscriptionStore CreateSubscriptions();

    [Fact]
    public async Task Take_Unknown_BeginsAtTheStart()
    {
        (await TakeAsync("one", Now, start: 7)).Should().Be(new SubscriptionLease(1, 7));
    }

    [Fact]
    public async Task Take_Held_IsOneNodes()
    {
        await TakeAsync("one", Now, start: 7);

        (await TakeAsync("two", Now + Lease - TimeSpan.FromSeconds(1))).Should().BeNull();
        (await TakeAsync("one", Now.AddSeconds(9), start: 99)).Should().Be(new SubscriptionLease(2, 7), "it may be taken anew, and goes on where it was");
        (await TakeAsync("two", Now + Lease)).Should().BeNull("the lease is a later one");
        (await TakeAsync("two", Now.AddSeconds(9) + Lease)).Should().Be(new SubscriptionLease(3, 7));
    }

    /// <summary>A clock that was hours ahead has written a lease that ends in hours.</summary>
    [Fact]
    public async Task Take_HeldByAClockThatWasAhead_IsTaken()
    {
        await TakeAsync("one", Now.AddHours(5));

        (await TakeAsync("two", Now)).Should().NotBeNull();
    }

    [Fact]
    public async Task Take_ByManyAtOnce_IsOneNodes()
    {
        var taken = await Task.WhenAll(Enumerable.Range(0, 16).Select(node => Task.Run(async () => await TakeAsync($"node {node}", Now))));

        taken.Count(lease => lease is not null).Should().Be(1);
    }

    [Fact]
    public async Task Save_Held_IsWhereTheNextNodeGoesOn()
    {
        var lease = (await TakeAsync("one", Now))!.Value;

        (await SaveAsync(lease.Fence, 12, until: Now.AddSeconds(5))).Should().BeTrue();

        (await TakeAsync("two", Now.AddSeconds(4))).Should().BeNull();
        (await TakeAsync("two", Now.AddSeconds(5))).Should().Be(new SubscriptionLease(lease.Fence + 1, 12));
    }

    [Fact]
    public async Task Save_AfterAnotherHasTakenIt_StoresNothing()
    {
        var added = await AddAsync(new Draft());
        var lost = (await TakeAsync("one", Now))!.Value;
        var lease = (await TakeAsync("two", Now + Lease))!.Value;
        await SaveAsync(lease.Fence, 5, held: [Held(added.Session, 5)]);

        (await SaveAsync(lost.Fence, 12, held: [Held(added.Session, 11)], released: [5])).Should().BeFalse();

        (await ReadAsync(parked: false)).Select(held => held.Sequence).Should().Equal(5);
        (await TakeAsync("two", Now + Lease))!.Value.Position.Should().Be(5);
    }

    [Fact]
    public async Task Save_HeldEvents_AreReadAsTheyWereSaved()
    {
        var added = await AddAsync(new Draft());
        var lease = (await TakeAsync("one", Now))!.Value;
        var waiting = Held(added.Session, 5) with { Attempts = 3, Problem = "IOException: é 你好" };
        var parked = Held(added.Session, 6) with { Attempts = 50, RetryAt = null, Problem = "why" };

        await SaveAsync(lease.Fence, 9, held: [parked, waiting]);

        (await ReadAsync(parked: false)).Should().Equal(waiting);
        (await ReadAsync(parked: true)).Should().Equal(parked);
    }

    [Fact]
    public async Task Save_HeldInAnotherWayAndReleased_IsSo()
    {
        var added = await AddAsync(new Draft());
        var lease = (await TakeAsync("one", Now))!.Value;
        await SaveAsync(lease.Fence, 9, held: [Held(added.Session, 5), Held(added.Session, 6), Held(added.Session, 7)]);
        var again = Held(added.Session, 6) with { Attempts = 1, RetryAt = Now.AddMinutes(3), Problem = "again" };

        await SaveAsync(lease.Fence, 9, held: [again, Held(added.Session, 7) with { RetryAt = null }], released: [5, 4]);

        (await ReadAsync(parked: false)).Should().Equal(again);
        (await ReadAsync(parked: true)).Select(held => held.Sequence).Should().Equal(7);
    }

    [Fact]
    public async Task ReadHeld_PageByPage_IsInOrderAndOfOneSubscription()
    {
        var added = await AddAsync(new Draft());
        var lease = (await TakeAsync("one", Now))!.Value;
        await SaveAsync(lease.Fence, 9, held: [.. Enumerable.Range(1, 9).Reverse().Select(sequence => Held(added.Session, sequence) with { RetryAt = null })]);

        (await ReadAsync(parked: true, after: 2, limit: 3)).Select(held => held.Sequence).Should().Equal(3, 4, 5);
        (await ReadAsync(parked: true, after: 8)).Select(held => held.Sequence).Should().Equal(9);
        (await subscriptions.Value.ReadHeldAsync(name + "x", true, 0, 9, Cancellation)).Should().BeEmpty();
    }

    [Fact]
    public async Task Retry_Parked_IsDueAsANewOne()
    {
        var added = await AddAsync(new Draft());
        await ParkAsync(added.Session, 5);

        (await subscriptions.Value.RetryAsync(name, 5, Now.AddHours(1), Cancellation)).Should().BeTrue();

        (await ReadAsync(parked: true)).Should().BeEmpty();
        var held = (await ReadAsync(parked: false)).Should().ContainSingle().Subject;
        (held.Attempts, held.RetryAt).Should().Be((0, Now.AddHours(1)));
        (await subscriptions.Value.RetryAsync(name, 5, Now, Cancellation)).Should().BeFalse("it is not parked any more");
        (await subscriptions.Value.RetryAsync(name, 6, Now, Cancellation)).Should().BeFalse("there is none");
    }

    [Fact]
    public async Task Discard_Parked_IsGone()
    {
        var added = await AddAsync(new Draft());
        await ParkAsync(added.Session, 5);
        await SaveAsync(2, 9, held: [Held(added.Session, 6)]);

        (await subscriptions.Value.DiscardAsync(name, 5, Cancellation)).Should().BeTrue();

        (await ReadAsync(parked: true)).Should().BeEmpty();
        (await subscriptions.Value.DiscardAsync(name, 5, Cancellation)).Should().BeFalse();
        (await subscriptions.Value.DiscardAsync(name, 6, Cancellation)).Should().BeFalse("it is not parked");
    }

    [Fact]
    public async Task Held_OfAnErasedSession_IsGoneAndIsNotHeldAgain()
    {
        var closed = (await AddAsync(new Draft())).Session;
        var other = (await AddAsync(new Draft())).Session;
        await ApplyAsync(closed.Id, Changes.Of(SessionTrigger.Close, Now));
        var lease = (await TakeAsync("one", Now))!.Value;
        HeldEvent[] held = [Held(closed, 1), Held(closed, 2) with { RetryAt = null, Problem = "of Grace" }, Held(other, 3), Held(other, 4) with { RetryAt = null }];
        await SaveAsync(lease.Fence, 9, held);

        await Store.EraseAsync(new() { Tenant = closed.Tenant, EndedBefore = DateTimeOffset.MaxValue, Limit = 10 }, Cancellation);

        await OnlyTheOthersAreHeldAsync();
        (await SaveAsync(lease.Fence, 9, held)).Should().BeTrue();
        await OnlyTheOthersAreHeldAsync();

        async Task OnlyTheOthersAreHeldAsync()
        {
            (await ReadAsync(parked: false)).Select(kept => kept.Sequence).Should().Equal(3);
            (await ReadAsync(parked: true)).Select(kept => kept.Sequence).Should().Equal(4);
        }
    }

    private async Task ParkAsync(Session session, long sequence)
    {
        await TakeAsync("one", Now);
        var lease = (await TakeAsync("one", Now))!.Value;
        await SaveAsync(lease.Fence, 9, held: [Held(session, sequence) with { RetryAt = null, Attempts = 50 }]);
    }

    private HeldEvent Held(Session session, long sequence) => new()
    {
        Subscription = name, Sequence = sequence, Session = session.Id, Tenant = session.Tenant, HeldSince = Now.AddSeconds(1), RetryAt = Now.AddSeconds(2),
    };

    private ValueTask<SubscriptionLease?> TakeAsync(string node, DateTimeOffset now, long start = 0) =>
        subscriptions.Value.TryTakeAsync(name, node, now, now + Lease, start, Cancellation);

    private ValueTask<bool> SaveAsync(long fence, long position, HeldEvent[]? held = null, long[]? released = null, DateTimeOffset? until = null) =>
        subscriptions.Value.SaveAsync(
            new(name, fence, until ?? Now + Lease, position) { Held = [.. held ?? []], Released = [.. released ?? []] }, Cancellation);

    private async Task<IEnumerable<HeldEvent>> ReadAsync(bool parked, long after = 0, int limit = 100) =>
        await subscriptions.Value.ReadHeldAsync(name, parked, after, limit, Cancellation);
}

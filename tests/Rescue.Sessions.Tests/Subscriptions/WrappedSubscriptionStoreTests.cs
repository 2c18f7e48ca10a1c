using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Subscriptions;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Subscriptions;

/// <summary>Subscriptions in memory beside a store that a host has put around the one in memory.</summary>
public sealed class WrappedSubscriptionStoreTests : SubscriptionContract
{
    private readonly (ISessionStore Store, StoreProbe Probe) wrapped = StoreProbe.Create();

    protected override ISessionStore CreateStore() => wrapped.Store;

    protected override ISubscriptionStore CreateSubscriptions() => InMemorySubscriptionStore.Beside(Store);

    [Theory]
    [InlineData(10)]
    [InlineData(1_000)]
    public async Task Save_BesideManyThatAreHeld_AsksAboutWhatItHoldsNew(int sessions)
    {
        var (subscriptions, now) = (CreateSubscriptions(), Draft.Morning);
        var lease = (await subscriptions.TryTakeAsync("crm", "one", now, now.AddSeconds(15), 0, Cancellation))!.Value;
        var held = new List<HeldEvent>();
        for (var i = 1; i <= sessions; i++)
            held.Add(new() { Subscription = "crm", Sequence = i, Session = (await AddAsync(new Draft())).Session.Id, Tenant = "acme", HeldSince = now, RetryAt = now });
        await SaveAsync([.. held]);
        wrapped.Probe.Forget();

        await SaveAsync();
        await SaveAsync(held[3]);

        wrapped.Probe.CallsOf(nameof(ISessionStore.FindAsync)).Should().Be(1);

        async Task SaveAsync(params HeldEvent[] changed) =>
            (await subscriptions.SaveAsync(new("crm", lease.Fence, now.AddSeconds(15), sessions) { Held = [.. changed] }, Cancellation)).Should().BeTrue();
    }
}

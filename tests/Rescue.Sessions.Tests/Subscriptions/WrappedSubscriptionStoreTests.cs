using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Subscriptions;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Subscriptions;

/// <summary>Subscriptions in memory beside a store that a host has put around the one in memory.</summary>
public sealed class WrappedSubscriptionStoreTests : SubscriptionContract
{
    protected override ISessionStore CreateStore() => StoreProbe.Create().Store;

    protected override ISubscriptionStore CreateSubscriptions() => InMemorySubscriptionStore.Beside(Store);
}

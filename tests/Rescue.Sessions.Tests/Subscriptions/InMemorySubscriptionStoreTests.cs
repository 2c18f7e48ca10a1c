using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Subscriptions;

namespace Rescue.Sessions.Tests.Subscriptions;

public sealed class InMemorySubscriptionStoreTests : SubscriptionContract
{
    protected override ISessionStore CreateStore() => new InMemorySessionStore();

    protected override ISubscriptionStore CreateSubscriptions() => InMemorySubscriptionStore.Beside(Store);
}

using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Tests.Stores;

/// <summary>The in-memory store keeps the contract of every store.</summary>
public static class InMemorySessionStoreTests
{
    public sealed class Creation : CreationContract
    {
        protected override ISessionStore CreateStore() => new InMemorySessionStore();
    }

    public sealed class Selection : SelectionContract
    {
        protected override ISessionStore CreateStore() => new InMemorySessionStore();
    }

    public sealed class Guests : GuestContract
    {
        protected override ISessionStore CreateStore() => new InMemorySessionStore();
    }

    public sealed class Transitions : TransitionContract
    {
        protected override ISessionStore CreateStore() => new InMemorySessionStore();
    }

    public sealed class Capacity : CapacityContract
    {
        protected override ISessionStore CreateStore() => new InMemorySessionStore();
    }

    public sealed class Technicians : TechnicianContract
    {
        protected override ISessionStore CreateStore() => new InMemorySessionStore();
    }

    public sealed class Leases : LeaseContract
    {
        protected override ISessionStore CreateStore() => new InMemorySessionStore();
    }

    public sealed class Touching : TouchContract
    {
        protected override ISessionStore CreateStore() => new InMemorySessionStore();
    }

    public sealed class Listing : ListContract
    {
        protected override ISessionStore CreateStore() => new InMemorySessionStore();
    }

    public sealed class Deadlines : DeadlineContract
    {
        protected override ISessionStore CreateStore() => new InMemorySessionStore();
    }

    public sealed class Erasure : ErasureContract
    {
        protected override ISessionStore CreateStore() => new InMemorySessionStore();
    }

    public sealed class Events : EventContract
    {
        protected override ISessionStore CreateStore() => new InMemorySessionStore();
    }

    public sealed class Feed : FeedContract
    {
        protected override ISessionStore CreateStore() => new InMemorySessionStore();
    }

    public sealed class Outbox : OutboxContract
    {
        protected override ISessionStore CreateStore() => new InMemorySessionStore();
    }

    public sealed class Races : RaceContract
    {
        protected override ISessionStore CreateStore() => new InMemorySessionStore();
    }

    public sealed class Model : ModelContract
    {
        protected override ISessionStore CreateStore() => new InMemorySessionStore();
    }
}

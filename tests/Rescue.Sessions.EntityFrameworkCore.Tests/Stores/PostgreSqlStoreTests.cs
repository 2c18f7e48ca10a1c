using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.Limits;
using Rescue.Sessions.Settings;
using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Stores;

/// <summary>The stores on PostgreSQL keep the contract of every store.</summary>
public static class PostgreSqlStoreTests
{
    public sealed class Creation : CreationContract, IDisposable
    {
        private readonly PostgreSqlEngine engine = new();

        public void Dispose() => engine.Dispose();

        protected override ISessionStore CreateStore() => engine.OpenSessions();
    }

    public sealed class Selection : SelectionContract, IDisposable
    {
        private readonly PostgreSqlEngine engine = new();

        public void Dispose() => engine.Dispose();

        protected override ISessionStore CreateStore() => engine.OpenSessions();
    }

    public sealed class Guests : GuestContract, IDisposable
    {
        private readonly PostgreSqlEngine engine = new();

        public void Dispose() => engine.Dispose();

        protected override ISessionStore CreateStore() => engine.OpenSessions();
    }

    public sealed class Transitions : TransitionContract, IDisposable
    {
        private readonly PostgreSqlEngine engine = new();

        public void Dispose() => engine.Dispose();

        protected override ISessionStore CreateStore() => engine.OpenSessions();
    }

    public sealed class Capacity : CapacityContract, IDisposable
    {
        private readonly PostgreSqlEngine engine = new();

        public void Dispose() => engine.Dispose();

        protected override ISessionStore CreateStore() => engine.OpenSessions();
    }

    public sealed class Technicians : TechnicianContract, IDisposable
    {
        private readonly PostgreSqlEngine engine = new();

        public void Dispose() => engine.Dispose();

        protected override ISessionStore CreateStore() => engine.OpenSessions();
    }

    public sealed class Leases : LeaseContract, IDisposable
    {
        private readonly PostgreSqlEngine engine = new();

        public void Dispose() => engine.Dispose();

        protected override ISessionStore CreateStore() => engine.OpenSessions();
    }

    public sealed class Touching : TouchContract, IDisposable
    {
        private readonly PostgreSqlEngine engine = new();

        public void Dispose() => engine.Dispose();

        protected override ISessionStore CreateStore() => engine.OpenSessions();
    }

    public sealed class Listing : ListContract, IDisposable
    {
        private readonly PostgreSqlEngine engine = new();

        public void Dispose() => engine.Dispose();

        protected override ISessionStore CreateStore() => engine.OpenSessions();
    }

    public sealed class Deadlines : DeadlineContract, IDisposable
    {
        private readonly PostgreSqlEngine engine = new();

        public void Dispose() => engine.Dispose();

        protected override ISessionStore CreateStore() => engine.OpenSessions();
    }

    public sealed class Erasure : ErasureContract, IDisposable
    {
        private readonly PostgreSqlEngine engine = new();

        public void Dispose() => engine.Dispose();

        protected override ISessionStore CreateStore() => engine.OpenSessions();
    }

    public sealed class Events : EventContract, IDisposable
    {
        private readonly PostgreSqlEngine engine = new();

        public void Dispose() => engine.Dispose();

        protected override ISessionStore CreateStore() => engine.OpenSessions();
    }

    public sealed class Feed : FeedContract, IDisposable
    {
        private readonly PostgreSqlEngine engine = new();

        public void Dispose() => engine.Dispose();

        protected override ISessionStore CreateStore() => engine.OpenSessions();
    }

    public sealed class Outbox : OutboxContract, IDisposable
    {
        private readonly PostgreSqlEngine engine = new();

        public void Dispose() => engine.Dispose();

        protected override ISessionStore CreateStore() => engine.OpenSessions();
    }

    public sealed class Races : RaceContract, IDisposable
    {
        private readonly PostgreSqlEngine engine = new();

        public void Dispose() => engine.Dispose();

        protected override ISessionStore CreateStore() => engine.OpenSessions();
    }

    public sealed class Model : ModelContract, IDisposable
    {
        private readonly PostgreSqlEngine engine = new();

        protected override int Histories => 60;

        public void Dispose() => engine.Dispose();

        protected override ISessionStore CreateStore() => engine.OpenSessions();
    }

    public sealed class Settings : SettingsContract, IDisposable
    {
        private readonly PostgreSqlEngine engine = new();

        public void Dispose() => engine.Dispose();

        protected override ISettingsStore CreateStore() => engine.OpenSettings();
    }

    public sealed class Limits : LimitContract, IDisposable
    {
        private readonly PostgreSqlEngine engine = new();

        public void Dispose() => engine.Dispose();

        protected override ILimitStore CreateStore() => engine.OpenLimits();
    }
}

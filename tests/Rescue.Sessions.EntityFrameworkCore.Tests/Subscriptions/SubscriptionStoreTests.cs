using Rescue.Sessions.EntityFrameworkCore.Subscriptions;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Subscriptions;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Subscriptions;

/// <summary>Subscriptions on both engines keep the contract of every store.</summary>
public static class SubscriptionStoreTests
{
    public sealed class OnSqlite() : Contract(Engine.Sqlite);

    public sealed class OnPostgreSql() : Contract(Engine.PostgreSql);

    public abstract class Contract(string engineName) : SubscriptionContract, IDisposable
    {
        private readonly Engine engine = Engine.Open(engineName);

        public void Dispose()
        {
            engine.Dispose();
            GC.SuppressFinalize(this);
        }

        protected override ISessionStore CreateStore() => engine.OpenSessions();

        protected override ISubscriptionStore CreateSubscriptions() => new EntityFrameworkSubscriptionStore(engine.OpenDatabase());
    }
}

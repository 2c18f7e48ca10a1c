using Rescue.Sessions.EntityFrameworkCore.Subscriptions;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Subscriptions;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Subscriptions;

/// <summary>Subscriptions on both engines keep the contract of every store, and go away with their sessions.</summary>
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

        [Fact]
        public async Task Held_OfAnErasedSession_IsGoneAndIsNotHeldAgain()
        {
            var closed = await AddAsync(new Draft());
            var other = await AddAsync(new Draft());
            await ApplyAsync(closed.Session.Id, Changes.Of(Lifecycle.SessionTrigger.Close, Draft.Morning));
            var store = CreateSubscriptions();
            var lease = (await store.TryTakeAsync("crm", "node", Draft.Morning, Draft.Morning.AddSeconds(30), 0, Cancellation))!.Value;
            var progress = new SubscriptionProgress("crm", lease.Fence, Draft.Morning.AddSeconds(30), 9) { Held = [Held(closed.Session, 1), Held(other.Session, 2)] };
            await store.SaveAsync(progress, Cancellation);

            await Store.EraseAsync(new() { Tenant = closed.Session.Tenant, EndedBefore = DateTimeOffset.MaxValue, Limit = 10 }, Cancellation);

            (await HeldAsync()).Should().Equal(2);
            (await store.SaveAsync(progress, Cancellation)).Should().BeTrue();
            (await HeldAsync()).Should().Equal(2);

            async Task<IEnumerable<long>> HeldAsync() => (await store.ReadHeldAsync("crm", false, 0, 9, Cancellation)).Select(held => held.Sequence);
        }

        protected override ISessionStore CreateStore() => engine.OpenSessions();

        protected override ISubscriptionStore CreateSubscriptions() => new EntityFrameworkSubscriptionStore(engine.OpenDatabase());

        private static HeldEvent Held(Session session, long sequence) => new()
        {
            Subscription = "crm", Sequence = sequence, Session = session.Id, Tenant = session.Tenant, HeldSince = Draft.Morning, RetryAt = Draft.Morning,
        };
    }
}

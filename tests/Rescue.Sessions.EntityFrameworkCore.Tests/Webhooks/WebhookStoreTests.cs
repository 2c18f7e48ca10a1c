using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.EntityFrameworkCore.Webhooks;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Webhooks;
using Rescue.Sessions.Webhooks.Storage;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Webhooks;

/// <summary>Messages to webhooks on both engines keep the contract of every store, and go away with their sessions.</summary>
public static class WebhookStoreTests
{
    public sealed class OnSqlite() : Contract(Engine.Sqlite);

    public sealed class OnPostgreSql() : Contract(Engine.PostgreSql);

    public abstract class Contract(string engineName) : WebhookContract, IDisposable
    {
        private readonly Engine engine = Engine.Open(engineName);

        public void Dispose()
        {
            engine.Dispose();
            GC.SuppressFinalize(this);
        }

        [Fact]
        public async Task Messages_OfAnErasedSession_AreGoneAndAreNotQueuedAgain()
        {
            var closed = await AddAsync(new Draft());
            await ApplyAsync(closed.Session.Id, Changes.Of(SessionTrigger.Close, Draft.Morning));
            var store = CreateWebhooks();
            var message = new WebhookDelivery
            {
                Webhook = "w", Sequence = 1, Tenant = closed.Session.Tenant, Session = closed.Session.Id, Type = "session.closed", Body = "{}",
                CreatedAt = Draft.Morning, DueAt = Draft.Morning,
            };
            await store.AddAsync([message], Cancellation);
            (await store.ListAsync("w", long.MaxValue, 9, Cancellation)).Should().ContainSingle();

            await Store.EraseAsync(new() { Tenant = closed.Session.Tenant, EndedBefore = DateTimeOffset.MaxValue, Limit = 10 }, Cancellation);

            (await store.ListAsync("w", long.MaxValue, 9, Cancellation)).Should().BeEmpty();
            await store.AddAsync([message], Cancellation);
            (await store.ListAsync("w", long.MaxValue, 9, Cancellation)).Should().BeEmpty();
        }

        protected override ISessionStore CreateStore() => engine.OpenSessions();

        protected override IWebhookStore CreateWebhooks() => new EntityFrameworkWebhookStore(engine.OpenDatabase());
    }
}

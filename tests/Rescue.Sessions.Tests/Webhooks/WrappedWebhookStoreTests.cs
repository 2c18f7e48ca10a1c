using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Tests.Support;
using Rescue.Sessions.Webhooks;
using Rescue.Sessions.Webhooks.Storage;

namespace Rescue.Sessions.Tests.Webhooks;

/// <summary>Messages in memory beside a store that a host has put around the one in memory.</summary>
public sealed class WrappedWebhookStoreTests : WebhookContract
{
    private static readonly DateTimeOffset Now = Draft.Morning.AddMinutes(1);

    private readonly (ISessionStore Store, StoreProbe Probe) wrapped = StoreProbe.Create();

    protected override ISessionStore CreateStore() => wrapped.Store;

    protected override IWebhookStore CreateWebhooks() => InMemoryWebhookStore.Beside(Store);

    [Theory]
    [InlineData(10)]
    [InlineData(1_000)]
    public async Task Claim_BesideMessagesOfManySessions_AsksAboutThoseThatItGives(int sessions)
    {
        var webhooks = CreateWebhooks();
        for (var i = 1; i <= sessions; i++)
            await webhooks.AddAsync([Message((await AddAsync(new Draft())).Session, i)], Cancellation);
        wrapped.Probe.Forget();

        var claims = await webhooks.ClaimAsync("crm", Now, Now.AddSeconds(30), 4, Cancellation);
        await webhooks.ListAsync("crm", long.MaxValue, 2, Cancellation);
        await webhooks.ReplayAsync("crm", 7, Now, Cancellation);

        claims.Should().HaveCount(4);
        wrapped.Probe.CallsOf(nameof(ISessionStore.FindAsync)).Should().Be(7);
    }

    private static WebhookDelivery Message(Session session, long sequence) => new()
    {
        Webhook = "crm", Sequence = sequence, Tenant = session.Tenant, Session = session.Id, Type = "session.created", Body = "{}", CreatedAt = Now, DueAt = Now,
    };
}

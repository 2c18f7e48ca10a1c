using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Webhooks.Storage;

namespace Rescue.Sessions.Tests.Webhooks;

public sealed class InMemoryWebhookStoreTests : WebhookContract
{
    protected override ISessionStore CreateStore() => new InMemorySessionStore();

    protected override IWebhookStore CreateWebhooks() => InMemoryWebhookStore.Beside(Store);
}

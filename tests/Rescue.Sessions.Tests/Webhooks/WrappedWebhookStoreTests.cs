using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Tests.Support;
using Rescue.Sessions.Webhooks.Storage;

namespace Rescue.Sessions.Tests.Webhooks;

/// <summary>Messages in memory beside a store that a host has put around the one in memory.</summary>
public sealed class WrappedWebhookStoreTests : WebhookContract
{
    protected override ISessionStore CreateStore() => StoreProbe.Create().Store;

    protected override IWebhookStore CreateWebhooks() => InMemoryWebhookStore.Beside(Store);
}

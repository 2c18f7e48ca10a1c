using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;
using OwnStore = Rescue.Sessions.Stores.InMemorySessionStore;

namespace Guides.Tests.Snippets;

internal static class OwnStoreRegistration
{
    public static void Register(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ISessionStore, OwnStore>();
    }
}

public sealed class OwnStoreTests
{
    public sealed class Creation : CreationContract
    {
        protected override ISessionStore CreateStore() => new OwnStore();
    }

    public sealed class Races : RaceContract
    {
        protected override ISessionStore CreateStore() => new OwnStore();
    }
}

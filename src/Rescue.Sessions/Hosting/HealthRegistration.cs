using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Feed;
using Rescue.Sessions.Health;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Hosting;

/// <summary>The parts of the core that can fail.</summary>
internal static class HealthRegistration
{
    public static void Add(IServiceCollection services)
    {
        services.TryAddSingleton<StorePatience>();
        services.AddSingleton(provider => new HealthPart("rescue.store", new StoreHealthCheck(
            provider.GetRequiredService<IEventStore>(), provider.GetRequiredService<StorePatience>())));
        services.AddSingleton(provider => new HealthPart("rescue.outbox", new OutboxHealthCheck(
            provider.GetRequiredService<IOutboxStore>(), provider.GetRequiredService<StorePatience>(), provider.GetRequiredService<IOptions<HealthOptions>>(),
            provider.GetRequiredService<TimeProvider>())));
        services.AddSingleton(provider => new HealthPart("rescue.feed", new FeedHealthCheck(
            provider.GetRequiredService<SessionFeed>(), provider.GetRequiredService<IEventStore>(), provider.GetRequiredService<StorePatience>(),
            provider.GetRequiredService<IOptions<HealthOptions>>(), provider.GetRequiredService<TimeProvider>())));
    }
}

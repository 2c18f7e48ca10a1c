using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.EntityFrameworkCore.Hosting;
using Rescue.Sessions.EntityFrameworkCore.Limits;
using Rescue.Sessions.EntityFrameworkCore.Sessions;
using Rescue.Sessions.EntityFrameworkCore.Settings;
using Rescue.Sessions.EntityFrameworkCore.Subscriptions;
using Rescue.Sessions.EntityFrameworkCore.Time;
using Rescue.Sessions.EntityFrameworkCore.Webhooks;
using Rescue.Sessions.Health;
using Rescue.Sessions.Hosting;
using Rescue.Sessions.Limits;
using Rescue.Sessions.Settings;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Subscriptions;
using Rescue.Sessions.Webhooks.Storage;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps everything in a database.</summary>
public static class RescueSessionsEntityFrameworkCoreBuilderExtensions
{
    /// <summary>
    /// Keeps sessions, settings, limits, subscriptions and webhooks in SQLite, for one machine, or in PostgreSQL (13 or later), for any number of nodes. The keys in
    /// <c>Codes.Keys</c> become compulsory.
    /// </summary>
    /// <remarks>
    /// On PostgreSQL the nodes go by the server's clock: unless the host has registered a <see cref="TimeProvider"/> of its own, the registered
    /// one becomes a clock that follows the server's. The connection string is used as it is, so that it may lead to a pooler that shares sessions
    /// among transactions, such as PgBouncer: nothing of the library outlasts a transaction in a session of the server.
    /// </remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Chooses the engine: <c>options.UseSqlite(…)</c> or <c>options.UseNpgsql(…)</c>.</param>
    /// <param name="upgradeSchema">
    /// Whether the tables are made and brought up to date when the host starts. False for a host whose own migrations carry them, with
    /// <see cref="RescueSessionsModelBuilderExtensions.AddRescueSessions"/>.
    /// </param>
    /// <param name="directConnections">
    /// Whether each connection is a session of PostgreSQL's own, without a pooler in between. A connection string that does not say otherwise then
    /// gets <c>Max Auto Prepare=64</c> and <c>No Reset On Close=true</c>, and with them a pool of the library's own, which makes joins and
    /// starts faster. A data source or an open connection is used as it is.
    /// </param>
    public static RescueSessionsBuilder UseEntityFrameworkCore(
        this RescueSessionsBuilder builder, Action<DbContextOptionsBuilder> configure, bool upgradeSchema = true, bool directConnections = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var services = builder.Services;
        services.TryAddSingleton(_ => new DatabaseFactory(configure, directConnections));
        services.TryAddSingleton(provider => provider.GetRequiredService<DatabaseFactory>().OpenDatabase());
        services.TryAddSingleton(provider => new UnreadableLog(LoggerOf(provider)));
        services.TryAddSingleton<EventWatch>();
        services.TryAddSingleton<LiveCodeCount>();
        services.TryAddSingleton<EntityFrameworkLimitStore>();
        services.Replace(ServiceDescriptor.Singleton<ISessionStore, EntityFrameworkSessionStore>());
        services.Replace(ServiceDescriptor.Singleton<ISettingsStore, EntityFrameworkSettingsStore>());
        services.Replace(ServiceDescriptor.Singleton<ILimitStore>(provider => provider.GetRequiredService<EntityFrameworkLimitStore>()));
        services.Replace(ServiceDescriptor.Singleton<ISubscriptionStore, EntityFrameworkSubscriptionStore>());
        services.Replace(ServiceDescriptor.Singleton<IWebhookStore, EntityFrameworkWebhookStore>());
        FollowTheServersClock(services);
        services.AddSingleton(provider => new HealthPart("rescue.clock", new ClockHealthCheck(
            provider.GetRequiredService<TimeProvider>() as DatabaseClock, provider.GetRequiredService<IOptions<HealthOptions>>())));
        services.AddSingleton<IHostedService>(provider => IsUnused(provider) ? new UnusedDatabase() : new DatabaseStart(
            upgradeSchema
                ? new SchemaUpgrade(provider.GetRequiredService<DatabaseFactory>().OpenContext, provider.GetRequiredService<TimeProvider>(), LoggerOf(provider))
                : null,
            new(provider.GetRequiredService<Database>(), provider.GetRequiredService<TimeProvider>()),
            new(provider.GetRequiredService<Database>(), provider.GetRequiredService<TimeProvider>()),
            provider.GetRequiredService<TimeProvider>() as DatabaseClock));
        services.AddSingleton<IHostedService>(provider => IsUnused(provider) ? new UnusedDatabase() : new DatabaseUpkeep(
            provider.GetRequiredService<Database>(),
            provider.GetRequiredService<EntityFrameworkLimitStore>(),
            provider.GetRequiredService<TimeProvider>() as DatabaseClock,
            provider.GetRequiredService<TimeProvider>(),
            LoggerOf(provider)));
        return builder;
    }

    // As in a host's tests.
    private static bool IsUnused(IServiceProvider provider) => provider.GetRequiredService<ISessionStore>() is InMemorySessionStore;

    private static ILogger LoggerOf(IServiceProvider provider) =>
        provider.GetService<ILoggerFactory>()?.CreateLogger("Rescue.Sessions.EntityFrameworkCore") ?? NullLogger.Instance;

    private static void FollowTheServersClock(IServiceCollection services)
    {
        if (services.LastOrDefault(service => service.ServiceType == typeof(TimeProvider))?.ImplementationInstance != TimeProvider.System)
            return;
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(provider => provider.GetRequiredService<DatabaseFactory>().HasClockOfItsOwn
            ? new DatabaseClock(provider.GetRequiredService<Database>(), TimeProvider.System)
            : TimeProvider.System));
    }
}

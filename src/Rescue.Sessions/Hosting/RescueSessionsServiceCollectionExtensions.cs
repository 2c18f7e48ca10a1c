using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Rescue.Sessions;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Colleagues;
using Rescue.Sessions.Feed;
using Rescue.Sessions.Health;
using Rescue.Sessions.Hosting;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Joining;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Limits;
using Rescue.Sessions.Organizations;
using Rescue.Sessions.Outbox;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Retention;
using Rescue.Sessions.Settings;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Subscriptions;
using Rescue.Sessions.Telemetry;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Rescue.Sessions to a host.</summary>
public static class RescueSessionsServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="SupportSessions"/>, <see cref="CustomerSessions"/> and <see cref="SupportSettings"/> with in-memory stores and the group policy. What the host has
    /// registered before, such as its own <see cref="ISessionStore"/>, <see cref="PermissionPolicy"/> or <see cref="TimeProvider"/>, stays.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets the options; they are checked when the host starts.</param>
    public static RescueSessionsBuilder AddRescueSessions(this IServiceCollection services, Action<RescueSessionsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<RescueSessionsOptions>().ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
        options.PostConfigure<IServiceProvider>(FindLanguages);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RescueSessionsOptions>, RescueSessionsOptionsValidator>());

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ISessionStore, InMemorySessionStore>();
        services.TryAddSingleton<ISettingsStore, InMemorySettingsStore>();
        services.TryAddSingleton<ILimitStore, InMemoryLimitStore>();
        services.TryAddSingleton<ISubscriptionStore, InMemorySubscriptionStore>();
        services.TryAddSingleton<TenantSettings>();
        services.TryAddSingleton<OrganizationClaims>();
        services.TryAddSingleton<HostOrganizations>();
        services.TryAddSingleton<PermissionPolicy, GroupPermissionPolicy>();
        // A host has both; a bare service collection, as in a unit test, may have neither.
        services.TryAddSingleton(provider => new SessionTelemetry(
            provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance, provider.GetService<IMeterFactory>()));
        services.TryAddSingleton<SessionSecrets>();
        services.TryAddSingleton<SessionFeed>();
        services.TryAddSingleton<GuessBudget>();
        services.TryAddSingleton<TriedCodes>();
        services.TryAddSingleton<SweepLease>();
        services.TryAddSingleton<OverdueSweep>();
        services.TryAddSingleton<SilenceSweep>();
        services.TryAddSingleton<AlarmSweep>();
        services.TryAddSingleton<RetentionSweep>();
        services.TryAddSingleton<OwnSessions>();
        services.TryAddSingleton<KnownTechnicians>();
        services.TryAddSingleton<SendingLimits>();
        services.TryAddSingleton<TimeoutSelection>();
        services.TryAddSingleton<LeaseKeeper>();
        services.TryAddSingleton<OutboxSender>();
        services.TryAddSingleton<SubscriptionSignal>();
        services.TryAddSingleton<SubscriptionHandling>();
        services.TryAddSingleton(provider => new SessionSubscriptions(
            provider.GetServices<Subscription>(),
            provider.GetRequiredService<ISubscriptionStore>(),
            provider.GetRequiredService<SubscriptionSignal>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new OrganizationDirectory(
            provider.GetRequiredService<TenantSettings>(),
            provider.GetRequiredService<OrganizationClaims>(),
            provider.GetRequiredService<HostOrganizations>(),
            provider.GetRequiredService<IOptionsMonitor<RescueSessionsOptions>>(),
            provider.GetRequiredService<SessionTelemetry>()));
        services.TryAddSingleton(provider => new SupportSessions(
            provider.GetRequiredService<ISessionStore>(),
            provider.GetRequiredService<SessionSecrets>(),
            provider.GetRequiredService<PermissionPolicy>(),
            provider.GetRequiredService<OwnSessions>(),
            provider.GetRequiredService<KnownTechnicians>(),
            provider.GetRequiredService<SendingLimits>(),
            provider.GetRequiredService<TimeoutSelection>(),
            provider.GetRequiredService<OrganizationDirectory>(),
            provider.GetRequiredService<IOptionsMonitor<RescueSessionsOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<SessionTelemetry>(),
            provider.GetRequiredService<SessionFeed>()));
        services.TryAddSingleton(provider => new SupportSettings(
            provider.GetRequiredService<TenantSettings>(),
            provider.GetRequiredService<OrganizationDirectory>(),
            provider.GetRequiredService<OrganizationClaims>(),
            provider.GetRequiredService<PermissionPolicy>(),
            provider.GetRequiredService<IOptionsMonitor<RescueSessionsOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<SessionTelemetry>()));
        services.TryAddSingleton(provider => new CustomerSessions(
            provider.GetRequiredService<ISessionStore>(),
            provider.GetRequiredService<SessionSecrets>(),
            provider.GetRequiredService<GuessBudget>(),
            provider.GetRequiredService<TriedCodes>(),
            provider.GetRequiredService<OrganizationDirectory>(),
            provider.GetRequiredService<PermissionPolicy>(),
            provider.GetRequiredService<IOptionsMonitor<RescueSessionsOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<SessionTelemetry>(),
            provider.GetRequiredService<SessionFeed>()));
        AddHealthParts(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, KeyRingCheck>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SessionUpkeep>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, OutboxPump>());
        return new(services);
    }

    private static void AddHealthParts(IServiceCollection services)
    {
        services.AddSingleton(provider => new HealthPart("rescue.store", new StoreHealthCheck(
            provider.GetRequiredService<ISessionStore>(), provider.GetRequiredService<IOptions<HealthOptions>>(), provider.GetRequiredService<TimeProvider>())));
        services.AddSingleton(provider => new HealthPart("rescue.outbox", new OutboxHealthCheck(
            provider.GetRequiredService<ISessionStore>(), provider.GetRequiredService<IOptions<HealthOptions>>(), provider.GetRequiredService<TimeProvider>())));
        services.AddSingleton(provider => new HealthPart("rescue.feed", new FeedHealthCheck(
            provider.GetRequiredService<SessionFeed>(), provider.GetRequiredService<ISessionStore>(), provider.GetRequiredService<IOptions<HealthOptions>>(),
            provider.GetRequiredService<TimeProvider>())));
    }

    // A relative path means the product's folder, wherever it is started from.
    private static void FindLanguages(RescueSessionsOptions options, IServiceProvider services)
    {
        if (options.LanguageFolder is { } folder && services.GetService<IHostEnvironment>()?.ContentRootPath is { } root)
            options.LanguageFolder = Path.Combine(root, folder);
    }
}

using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Rescue.Sessions;
using Rescue.Sessions.Asking;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Creating;
using Rescue.Sessions.Deadlines;
using Rescue.Sessions.Feed;
using Rescue.Sessions.Finding;
using Rescue.Sessions.Guessing;
using Rescue.Sessions.Hosting;
using Rescue.Sessions.Joining;
using Rescue.Sessions.Limits;
using Rescue.Sessions.Organizations;
using Rescue.Sessions.Outbox;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Retention;
using Rescue.Sessions.Settings;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Subscriptions;
using Rescue.Sessions.Telemetry;
using Rescue.Sessions.Verbs;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Rescue.Sessions to a host.</summary>
public static class RescueSessionsServiceCollectionExtensions
{
    /// <summary>
    /// Adds the doors, such as <see cref="SupportSessions"/> and <see cref="CustomerSessions"/>, with in-memory stores and the group policy. What the host has
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

        OptionRegistration.Add(services);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ISessionStore, InMemorySessionStore>();
        services.TryAddSingleton<IDeadlineStore>(Store);
        services.TryAddSingleton<ITechnicianStore>(Store);
        services.TryAddSingleton<IEventStore>(Store);
        services.TryAddSingleton<IOutboxStore>(Store);
        services.TryAddSingleton<ISettingsStore, InMemorySettingsStore>();
        services.TryAddSingleton<ILimitStore, InMemoryLimitStore>();
        services.TryAddSingleton<ISubscriptionStore>(provider => InMemorySubscriptionStore.Beside(provider.GetRequiredService<ISessionStore>()));
        services.TryAddSingleton<TenantSettings>();
        services.TryAddSingleton<OrganizationClaims>();
        services.TryAddSingleton(provider => new OrganizationNames(
            provider.GetRequiredService<OrganizationDirectory>(),
            provider.GetRequiredService<OrganizationClaims>(),
            provider.GetRequiredService<TenantSettings>()));
        services.TryAddSingleton<HostOrganizations>();
        // A host's own policy can ask the built-in one.
        services.TryAddSingleton(provider => new GroupPermissionPolicy(
            provider.GetRequiredService<TenantSettings>(),
            provider.GetRequiredService<IOptionsMonitor<IPermissionOptions>>(),
            (provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger(SessionTelemetry.Name)));
        services.TryAddSingleton<PermissionPolicy>(provider => provider.GetRequiredService<GroupPermissionPolicy>());
        // A host has both; a bare service collection, as in a unit test, may have neither.
        services.TryAddSingleton(provider => new SessionTelemetry(
            provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance, provider.GetService<IMeterFactory>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<SessionSecrets>();
        services.TryAddSingleton<SessionFeed>();
        services.TryAddSingleton<GuessBudget>();
        services.TryAddSingleton<TriedCodes>();
        services.TryAddSingleton<SweepLease>();
        services.TryAddSingleton<OverdueSweep>();
        services.TryAddSingleton<SilenceSweep>();
        services.TryAddSingleton<AlarmSweep>();
        services.TryAddSingleton<GuestSweep>();
        services.TryAddSingleton<RetentionSweep>();
        services.TryAddSingleton<OwnSessions>();
        services.TryAddSingleton<SendingLimits>();
        services.TryAddSingleton<References>();
        services.TryAddSingleton<NewSessions>();
        services.TryAddSingleton<RequestBudget>();
        services.TryAddSingleton<TimeoutSelection>();
        services.TryAddSingleton<LeaseKeeper>();
        services.TryAddSingleton<OutboxSender>();
        services.TryAddSingleton<SubscriptionSignal>();
        services.TryAddSingleton<SubscriptionHandling>();
        services.TryAddSingleton<VisibleSessions>();
        services.TryAddSingleton<LiveLinks>();
        services.TryAddSingleton<TechnicianChanges>();
        services.TryAddSingleton<TransferOffers>();
        services.TryAddSingleton<ActivityNotes>();
        services.TryAddSingleton<TypedPins>();
        services.TryAddSingleton<Redemption>();
        services.TryAddSingleton<NewerInvitations>();
        DoorRegistration.Add(services);
        HealthRegistration.Add(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, KeyRingCheck>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SessionUpkeep>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, OutboxPump>());
        return new(services);
    }

    // Whatever store there is when it is asked for: a host may have put its own in its place.
    private static ISessionStore Store(IServiceProvider provider) => provider.GetRequiredService<ISessionStore>();

    // A relative path means the product's folder, wherever it is started from.
    private static void FindLanguages(RescueSessionsOptions options, IServiceProvider services)
    {
        if (options.LanguageFolder is { } folder && services.GetService<IHostEnvironment>()?.ContentRootPath is { } root)
            options.LanguageFolder = Path.Combine(root, folder);
    }
}

using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Rescue.Sessions;
using Rescue.Sessions.Applets;
using Rescue.Sessions.Asking;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Colleagues;
using Rescue.Sessions.Creating;
using Rescue.Sessions.Deadlines;
using Rescue.Sessions.Feed;
using Rescue.Sessions.Finding;
using Rescue.Sessions.Health;
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
using Rescue.Sessions.Visiting;

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

        AddParts(services);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ISessionStore, InMemorySessionStore>();
        services.TryAddSingleton<IDeadlineStore>(Store);
        services.TryAddSingleton<ITechnicianStore>(Store);
        services.TryAddSingleton<IEventStore>(Store);
        services.TryAddSingleton<IOutboxStore>(Store);
        services.TryAddSingleton<ISettingsStore, InMemorySettingsStore>();
        services.TryAddSingleton<ILimitStore, InMemoryLimitStore>();
        services.TryAddSingleton<ISubscriptionStore, InMemorySubscriptionStore>();
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
            provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance, provider.GetService<IMeterFactory>()));
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
        services.TryAddSingleton<KnownTechnicians>();
        services.TryAddSingleton<SendingLimits>();
        services.TryAddSingleton<References>();
        services.TryAddSingleton<DrawnCodes>();
        services.TryAddSingleton<RequestBudget>();
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
            provider.GetRequiredService<IOptionsMonitor<IOrganizationOptions>>(),
            provider.GetRequiredService<SessionTelemetry>()));
        services.TryAddSingleton<VisibleSessions>();
        services.TryAddSingleton<LiveLinks>();
        services.TryAddSingleton<SessionAnswers>();
        services.TryAddSingleton<TechnicianChanges>();
        services.TryAddSingleton<TransferOffers>();
        services.TryAddSingleton<ActivityNotes>();
        services.TryAddSingleton(provider => new SupportInvitations(
            provider.GetRequiredService<ISessionStore>(),
            provider.GetRequiredService<SessionSecrets>(),
            provider.GetRequiredService<DrawnCodes>(),
            provider.GetRequiredService<PermissionPolicy>(),
            provider.GetRequiredService<VisibleSessions>(),
            provider.GetRequiredService<LiveLinks>(),
            provider.GetRequiredService<SessionAnswers>(),
            provider.GetRequiredService<SendingLimits>(),
            provider.GetRequiredService<TimeoutSelection>(),
            provider.GetRequiredService<References>(),
            provider.GetRequiredService<IOptionsMonitor<ICreatingOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<SessionTelemetry>()));
        services.TryAddSingleton(provider => new SupportSessions(
            provider.GetRequiredService<TechnicianChanges>(),
            provider.GetRequiredService<TransferOffers>(),
            provider.GetRequiredService<ActivityNotes>(),
            provider.GetRequiredService<PermissionPolicy>(),
            provider.GetRequiredService<ISessionStore>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<SessionTelemetry>()));
        services.TryAddSingleton(provider => new SupportGuests(
            provider.GetRequiredService<ISessionStore>(),
            provider.GetRequiredService<SessionSecrets>(),
            provider.GetRequiredService<PermissionPolicy>(),
            provider.GetRequiredService<VisibleSessions>(),
            provider.GetRequiredService<LiveLinks>(),
            provider.GetRequiredService<SessionAnswers>(),
            provider.GetRequiredService<IOptionsMonitor<IGuestOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<SessionTelemetry>()));
        services.TryAddSingleton(provider => new GuestSessions(
            provider.GetRequiredService<ISessionStore>(),
            provider.GetRequiredService<SessionSecrets>(),
            provider.GetRequiredService<SessionFeed>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<SessionTelemetry>()));
        services.TryAddSingleton(provider => new SessionDirectory(
            provider.GetRequiredService<ISessionStore>(),
            provider.GetRequiredService<VisibleSessions>(),
            provider.GetRequiredService<OwnSessions>(),
            provider.GetRequiredService<LiveLinks>(),
            provider.GetRequiredService<SessionSecrets>(),
            provider.GetRequiredService<PermissionPolicy>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new SessionEvents(
            provider.GetRequiredService<SessionFeed>(),
            provider.GetRequiredService<OwnSessions>(),
            provider.GetRequiredService<SessionSecrets>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new SupportTeam(
            provider.GetRequiredService<ITechnicianStore>(),
            provider.GetRequiredService<KnownTechnicians>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new PersonalData(
            provider.GetRequiredService<ISessionStore>(),
            provider.GetRequiredService<PermissionPolicy>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<SessionTelemetry>()));
        services.TryAddSingleton(provider => new SettingsAudit(provider.GetRequiredService<TenantSettings>(), provider.GetRequiredService<PermissionPolicy>()));
        services.TryAddSingleton(provider => new SupportSettings(
            provider.GetRequiredService<TenantSettings>(),
            provider.GetRequiredService<OrganizationDirectory>(),
            provider.GetRequiredService<OrganizationNames>(),
            provider.GetRequiredService<PermissionPolicy>(),
            provider.GetRequiredService<IOptionsMonitor<IPermissionOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<TypedPins>();
        services.TryAddSingleton<Redemption>();
        services.TryAddSingleton<NewerInvitations>();
        services.TryAddSingleton(provider => new CustomerSessions(
            provider.GetRequiredService<ISessionStore>(),
            provider.GetRequiredService<SessionSecrets>(),
            provider.GetRequiredService<TypedPins>(),
            provider.GetRequiredService<TriedCodes>(),
            provider.GetRequiredService<Redemption>(),
            provider.GetRequiredService<NewerInvitations>(),
            provider.GetRequiredService<LiveLinks>(),
            provider.GetRequiredService<PermissionPolicy>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<SessionTelemetry>()));
        services.TryAddSingleton(provider => new AppletSessions(
            provider.GetRequiredService<ISessionStore>(),
            provider.GetRequiredService<SessionSecrets>(),
            provider.GetRequiredService<PermissionPolicy>(),
            provider.GetRequiredService<IOptionsMonitor<IAppletOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<SessionTelemetry>(),
            provider.GetRequiredService<SessionFeed>()));
        services.TryAddSingleton(provider => new CustomerRequests(
            provider.GetRequiredService<ISessionStore>(),
            provider.GetRequiredService<SessionSecrets>(),
            provider.GetRequiredService<DrawnCodes>(),
            provider.GetRequiredService<LiveLinks>(),
            provider.GetRequiredService<SessionAnswers>(),
            provider.GetRequiredService<TimeoutSelection>(),
            provider.GetRequiredService<References>(),
            provider.GetRequiredService<RequestBudget>(),
            provider.GetRequiredService<IOptionsMonitor<IAskingOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<SessionTelemetry>()));
        AddHealthParts(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, KeyRingCheck>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SessionUpkeep>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, OutboxPump>());
        return new(services);
    }

    private static void AddHealthParts(IServiceCollection services)
    {
        services.AddSingleton(provider => new HealthPart("rescue.store", new StoreHealthCheck(
            provider.GetRequiredService<IEventStore>(), provider.GetRequiredService<IOptions<HealthOptions>>(), provider.GetRequiredService<TimeProvider>())));
        services.AddSingleton(provider => new HealthPart("rescue.outbox", new OutboxHealthCheck(
            provider.GetRequiredService<IOutboxStore>(), provider.GetRequiredService<IOptions<HealthOptions>>(), provider.GetRequiredService<TimeProvider>())));
        services.AddSingleton(provider => new HealthPart("rescue.feed", new FeedHealthCheck(
            provider.GetRequiredService<SessionFeed>(), provider.GetRequiredService<IEventStore>(), provider.GetRequiredService<IOptions<HealthOptions>>(),
            provider.GetRequiredService<TimeProvider>())));
    }

    // Each folder reads its own part of the options and knows no other.
    private static void AddParts(IServiceCollection services)
    {
        services.TryAddSingleton<IOptionsMonitor<IAppletOptions>>(Whole);
        services.TryAddSingleton<IOptionsMonitor<IAskingOptions>>(Whole);
        services.TryAddSingleton<IOptionsMonitor<ICodeOptions>>(Whole);
        services.TryAddSingleton<IOptionsMonitor<ICreatingOptions>>(Whole);
        services.TryAddSingleton<IOptionsMonitor<IColleagueOptions>>(Whole);
        services.TryAddSingleton<IOptionsMonitor<IGuestOptions>>(Whole);
        services.TryAddSingleton<IOptionsMonitor<IJoiningOptions>>(Whole);
        services.TryAddSingleton<IOptionsMonitor<IOrganizationOptions>>(Whole);
        services.TryAddSingleton<IOptionsMonitor<IOutboxOptions>>(Whole);
        services.TryAddSingleton<IOptionsMonitor<IPermissionOptions>>(Whole);
        services.TryAddSingleton<IOptionsMonitor<IRetentionOptions>>(Whole);

        static IOptionsMonitor<RescueSessionsOptions> Whole(IServiceProvider provider) => provider.GetRequiredService<IOptionsMonitor<RescueSessionsOptions>>();
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

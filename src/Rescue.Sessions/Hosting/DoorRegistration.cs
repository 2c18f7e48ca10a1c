using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Administration;
using Rescue.Sessions.Applets;
using Rescue.Sessions.Asking;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Colleagues;
using Rescue.Sessions.Creating;
using Rescue.Sessions.Feed;
using Rescue.Sessions.Finding;
using Rescue.Sessions.Guessing;
using Rescue.Sessions.Joining;
using Rescue.Sessions.Organizations;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Settings;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Subscriptions;
using Rescue.Sessions.Telemetry;
using Rescue.Sessions.Verbs;
using Rescue.Sessions.Visiting;

namespace Rescue.Sessions.Hosting;

/// <summary>The doors. Their constructors are the library's own, so that each is made here.</summary>
internal static class DoorRegistration
{
    public static void Add(IServiceCollection services)
    {
        services.TryAddSingleton(provider => new SupportInvitations(
            provider.GetRequiredService<ISessionStore>(),
            provider.GetRequiredService<SessionSecrets>(),
            provider.GetRequiredService<NewSessions>(),
            provider.GetRequiredService<PermissionPolicy>(),
            provider.GetRequiredService<VisibleSessions>(),
            provider.GetRequiredService<LiveLinks>(),
            provider.GetRequiredService<SendingLimits>(),
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
            provider.GetRequiredService<IOptionsMonitor<IColleagueOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<SessionTelemetry>()));
        services.TryAddSingleton(provider => new PersonalData(
            provider.GetRequiredService<ISessionStore>(),
            provider.GetRequiredService<ISettingsStore>(),
            provider.GetRequiredService<PermissionPolicy>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<SessionTelemetry>()));
        services.TryAddSingleton<AdministeredSettings>();
        services.TryAddSingleton(provider => new SettingsAudit(provider.GetRequiredService<AdministeredSettings>(), provider.GetRequiredService<TenantSettings>()));
        services.TryAddSingleton(provider => new SupportSettings(
            provider.GetRequiredService<AdministeredSettings>(),
            provider.GetRequiredService<OrganizationDirectory>(),
            provider.GetRequiredService<OrganizationNames>(),
            provider.GetRequiredService<GroupPermissionPolicy>()));
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
        services.TryAddSingleton(provider => new SignsOfLife(provider.GetRequiredService<ISessionStore>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new AppletSessions(
            provider.GetRequiredService<ISessionStore>(),
            provider.GetRequiredService<SessionSecrets>(),
            provider.GetRequiredService<PermissionPolicy>(),
            provider.GetRequiredService<IOptionsMonitor<IAppletOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<SessionTelemetry>(),
            provider.GetRequiredService<SessionFeed>(),
            provider.GetRequiredService<SignsOfLife>()));
        services.TryAddSingleton(provider => new CustomerRequests(
            provider.GetRequiredService<ISessionStore>(),
            provider.GetRequiredService<SessionSecrets>(),
            provider.GetRequiredService<NewSessions>(),
            provider.GetRequiredService<LiveLinks>(),
            provider.GetRequiredService<TimeoutSelection>(),
            provider.GetRequiredService<References>(),
            provider.GetRequiredService<RequestBudget>(),
            provider.GetRequiredService<IOptionsMonitor<IAskingOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<SessionTelemetry>()));
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
    }
}

using System.Text.Json.Serialization;
using Rescue.Sessions.AspNetCore.Applets;
using Rescue.Sessions.AspNetCore.Guests;
using Rescue.Sessions.AspNetCore.Settings;
using Rescue.Sessions.AspNetCore.Technicians;
using Rescue.Sessions.AspNetCore.Webhooks;
using Rescue.Sessions.Devices;
using Rescue.Sessions.Email.Templates;
using Rescue.Sessions.Guests;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Json;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Presence;
using Rescue.Sessions.Webhooks;

namespace Rescue.Sessions.AspNetCore.Json;

/// <summary>Bodies and views. A view has one shape: what is not known is null, so that a client can put a newer view over an older one.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters =
    [
        typeof(CamelCaseEnumConverter<SessionStatus>),
        typeof(CamelCaseEnumConverter<SessionEnd>),
        typeof(CamelCaseEnumConverter<SessionTrigger>),
        typeof(CamelCaseEnumConverter<SessionActor>),
        typeof(CamelCaseEnumConverter<SessionEventKind>),
        typeof(CamelCaseEnumConverter<InvitationState>),
        typeof(CamelCaseEnumConverter<EmailDelivery>),
        typeof(CamelCaseEnumConverter<InvitationChannel>),
        typeof(CamelCaseEnumConverter<GuestState>),
        typeof(CamelCaseEnumConverter<DevicePlatform>),
        typeof(CamelCaseEnumConverter<AppletKind>),
        typeof(CamelCaseEnumConverter<ConnectionRight>),
        typeof(CamelCaseEnumConverter<MissingRightReason>),
        typeof(CamelCaseEnumConverter<TechnicianPresence>),
        typeof(CamelCaseEnumConverter<TemplatePart>),
        typeof(CamelCaseEnumConverter<TemplatePlaceholderKind>),
        typeof(CamelCaseEnumConverter<TemplateProblemSeverity>),
        typeof(CamelCaseEnumConverter<WebhookDeliveryState>),
    ])]
[JsonSerializable(typeof(CreateSessionBody))]
[JsonSerializable(typeof(SessionView))]
[JsonSerializable(typeof(SessionListView))]
[JsonSerializable(typeof(MeView))]
[JsonSerializable(typeof(TransferBody))]
[JsonSerializable(typeof(ColleagueListView))]
[JsonSerializable(typeof(PresenceBody))]
[JsonSerializable(typeof(PresenceView))]
[JsonSerializable(typeof(SessionEventView))]
[JsonSerializable(typeof(JoinBody))]
[JsonSerializable(typeof(JoinedView))]
[JsonSerializable(typeof(ReadyBody))]
[JsonSerializable(typeof(EmptyBody))]
[JsonSerializable(typeof(ResendBody))]
[JsonSerializable(typeof(AppletStatusView))]
[JsonSerializable(typeof(InviteGuestBody))]
[JsonSerializable(typeof(GuestView))]
[JsonSerializable(typeof(GuestListView))]
[JsonSerializable(typeof(GuestJoinBody))]
[JsonSerializable(typeof(GuestJoinedView))]
[JsonSerializable(typeof(GuestStatusView))]
[JsonSerializable(typeof(EraseBody))]
[JsonSerializable(typeof(ErasedView))]
[JsonSerializable(typeof(TemplateBody))]
[JsonSerializable(typeof(TemplateView))]
[JsonSerializable(typeof(TemplateListView))]
[JsonSerializable(typeof(TemplatePreviewView))]
[JsonSerializable(typeof(TemplateTestView))]
[JsonSerializable(typeof(EmailDefaultsBody))]
[JsonSerializable(typeof(EmailDefaultsView))]
[JsonSerializable(typeof(TimeoutsBody))]
[JsonSerializable(typeof(TimeoutsView))]
[JsonSerializable(typeof(OrganizationBody))]
[JsonSerializable(typeof(OrganizationView))]
[JsonSerializable(typeof(OrganizationHistoryView))]
[JsonSerializable(typeof(SettingsHistoryView))]
[JsonSerializable(typeof(GroupsBody))]
[JsonSerializable(typeof(GroupsView))]
[JsonSerializable(typeof(WebhookBody))]
[JsonSerializable(typeof(WebhookView))]
[JsonSerializable(typeof(WebhookListView))]
[JsonSerializable(typeof(WebhookTestView))]
[JsonSerializable(typeof(WebhookDeliveryView))]
[JsonSerializable(typeof(WebhookDeliveryListView))]
internal sealed partial class RescueJson : JsonSerializerContext;

using System.Text.Json.Serialization;
using Rescue.Sessions.Json;

namespace Rescue.Sessions.Permissions;

/// <summary>What an administrator can allow a technician to do.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ConnectionRight>))]
public enum ConnectionRight
{
    /// <summary>To make private sessions: sessions for one known customer.</summary>
    [JsonStringEnumMemberName("privateSessions")] PrivateSessions,

    /// <summary>To make sessions whose PIN is read out, without an email.</summary>
    [JsonStringEnumMemberName("pinConnection")] PinConnection,

    /// <summary>To use the email connection method at all.</summary>
    [JsonStringEnumMemberName("emailConnection")] EmailConnection,

    /// <summary>To send the link from the technician's own mail program.</summary>
    [JsonStringEnumMemberName("emailDefaultClient")] EmailDefaultClient,

    /// <summary>To have the service send the link on the technician's behalf.</summary>
    [JsonStringEnumMemberName("emailOnBehalf")] EmailOnBehalf,

    /// <summary>To support phones and tablets.</summary>
    [JsonStringEnumMemberName("mobileAddOn")] MobileAddOn,

    /// <summary>To lay sessions aside.</summary>
    [JsonStringEnumMemberName("hold")] Hold,

    /// <summary>To hand sessions over to colleagues.</summary>
    [JsonStringEnumMemberName("transfer")] Transfer,

    /// <summary>
    /// To act on what belongs to a colleague: to start, resume, transfer, send again, restart, take back or close it. Groups give it unless one takes it away;
    /// with <see cref="TechnicianOptions.OwnSessionsOnly"/> one must grant it, and it is then also the right to see such sessions.
    /// </summary>
    [JsonStringEnumMemberName("colleaguesSessions")] ColleaguesSessions,

    /// <summary>To export all that is stored about one customer.</summary>
    [JsonStringEnumMemberName("exportPersonalData")] ExportPersonalData,

    /// <summary>To erase all that is stored about one customer.</summary>
    [JsonStringEnumMemberName("erasePersonalData")] ErasePersonalData,

    /// <summary>To change the tenant's settings: templates, time-outs and the rights of groups.</summary>
    [JsonStringEnumMemberName("manageSettings")] ManageSettings,

    /// <summary>To let somebody else take part in a session by a timed link: a colleague, or an expert from outside.</summary>
    [JsonStringEnumMemberName("inviteGuests")] InviteGuests,
}

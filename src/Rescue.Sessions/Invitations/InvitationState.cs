using System.Text.Json.Serialization;
using Rescue.Sessions.Json;

namespace Rescue.Sessions.Invitations;

/// <summary>How far an invitation has come. A draft is never called sent.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<InvitationState>))]
public enum InvitationState
{
    /// <summary>A draft was handed to the technician's own mail program.</summary>
    Drafted,

    /// <summary>Stored with the session and not yet sent.</summary>
    Queued,

    /// <summary>The mail server asked to try later, or could not be reached; it is tried again.</summary>
    Deferred,

    /// <summary>The mail server took responsibility for it.</summary>
    Sent,

    /// <summary>The mail server refused it for good, or trying was given up.</summary>
    Rejected,

    /// <summary>It was given to the mail server, whose answer was lost: it may or may not have arrived.</summary>
    Unknown,

    /// <summary>It came back undelivered.</summary>
    Bounced,

    /// <summary>The customer used it.</summary>
    Joined,

    /// <summary>The code in it was not used in time.</summary>
    Expired,

    /// <summary>The code in it was taken back, or the session ended before it was used.</summary>
    Revoked,
}

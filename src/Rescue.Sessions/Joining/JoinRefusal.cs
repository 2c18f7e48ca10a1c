using System.Text.Json.Serialization;
using Rescue.Sessions.Json;

namespace Rescue.Sessions.Joining;

/// <summary>Why a code did not lead to a session.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<JoinRefusal>))]
public enum JoinRefusal
{
    /// <summary>No session has the code; for a typed PIN the answer to every wrong one, whatever is wrong with it.</summary>
    Invalid,

    /// <summary>The code was not used in time.</summary>
    Expired,

    /// <summary>A technician took the code back.</summary>
    Revoked,

    /// <summary>Another applet has redeemed the code.</summary>
    AlreadyUsed,

    /// <summary>The session is over.</summary>
    Ended,

    /// <summary>The customer came with a phone or tablet, and the technician who made the session lacks the mobile add-on.</summary>
    MobileNotCovered,

    /// <summary>No technician is there for it any more: the session's was deleted or disabled, or nobody picked the customer up in time.</summary>
    NoTechnician,
}

using System.Text.Json.Serialization;
using Rescue.Sessions.Json;

namespace Rescue.Sessions.Lifecycle;

/// <summary>Why a session is closed.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<SessionEnd>))]
public enum SessionEnd
{
    /// <summary>The customer ended it after a technician had picked it up.</summary>
    ByCustomer,

    /// <summary>The customer gave up before a technician picked it up.</summary>
    ByWaitingCustomer,

    /// <summary>A technician ended it.</summary>
    ByTechnician,

    /// <summary>Its technician was deleted or disabled.</summary>
    Aborted,

    /// <summary>The code was not used within its validity.</summary>
    Expired,

    /// <summary>The customer declined the terms, or did not ask for help.</summary>
    Declined,

    /// <summary>A technician took the code back before it led to assistance.</summary>
    Revoked,

    /// <summary>The applet did not become ready within the connecting time-out.</summary>
    ConnectingTimedOut,

    /// <summary>Nobody picked the customer up within the waiting time-out.</summary>
    WaitingTimedOut,

    /// <summary>It was on hold for longer than is allowed.</summary>
    HoldTimedOut,
}

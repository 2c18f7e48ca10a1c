using System.Text.Json.Serialization;
using Rescue.Sessions.Json;

namespace Rescue.Sessions.Lifecycle;

/// <summary>What can happen to a session. Which triggers a status permits is <see cref="SessionLifecycle"/>'s to say.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<SessionTrigger>))]
public enum SessionTrigger
{
    /// <summary>The applet redeems the code, or comes back with the instance that did.</summary>
    Join,

    /// <summary>The applet is ready and the customer waits.</summary>
    Ready,

    /// <summary>The applet is ready and the administrator's policy starts the session at once.</summary>
    AutoStart,

    /// <summary>A technician picks the customer up.</summary>
    Start,

    /// <summary>The technician lays the session aside.</summary>
    Hold,

    /// <summary>A technician takes up a session that was laid aside.</summary>
    Resume,

    /// <summary>The technician offers the session to another.</summary>
    Transfer,

    /// <summary>The other technician accepts the offer.</summary>
    AcceptTransfer,

    /// <summary>The other technician declines the offer.</summary>
    DeclineTransfer,

    /// <summary>The sender withdraws the offer.</summary>
    TakeBackTransfer,

    /// <summary>Nobody answered the offer in time.</summary>
    TransferTimeOut,

    /// <summary>The technician restarts the customer's machine.</summary>
    Reboot,

    /// <summary>The applet has fallen silent.</summary>
    LoseConnection,

    /// <summary>The applet has been silent for so long that the session counts as offline.</summary>
    GoOffline,

    /// <summary>The applet is back after silence or a restart.</summary>
    Return,

    /// <summary>Nothing happened in an active session for the idle time-out.</summary>
    IdleTimeOut,

    /// <summary>A technician closes the session.</summary>
    Close,

    /// <summary>The customer leaves.</summary>
    Leave,

    /// <summary>The customer declines the terms, or did not ask for help.</summary>
    Decline,

    /// <summary>A technician takes the code back.</summary>
    Revoke,

    /// <summary>The code was not used within its validity.</summary>
    Expire,

    /// <summary>The applet did not become ready in time.</summary>
    ConnectingTimeOut,

    /// <summary>Nobody picked the customer up in time.</summary>
    WaitingTimeOut,

    /// <summary>The session was on hold for too long.</summary>
    HoldTimeOut,

    /// <summary>The session's technician was deleted or disabled.</summary>
    Abort,
}

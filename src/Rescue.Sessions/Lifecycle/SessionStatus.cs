using System.Text.Json.Serialization;
using Rescue.Sessions.Json;

namespace Rescue.Sessions.Lifecycle;

/// <summary>Where a session is in its life. Why a session ended is a thing of its own: <see cref="SessionEnd"/>.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<SessionStatus>))]
public enum SessionStatus
{
    /// <summary>The code exists, or the applet is being downloaded.</summary>
    Connecting,

    /// <summary>The applet runs and nobody has picked the customer up.</summary>
    Waiting,

    /// <summary>A technician has picked the customer up; assistance can begin.</summary>
    Active,

    /// <summary>Laid aside by its technician; does not count as active.</summary>
    OnHold,

    /// <summary>Offered to another technician, who has not answered yet.</summary>
    Transferring,

    /// <summary>The technician restarted the customer's machine.</summary>
    Rebooting,

    /// <summary>The network to the customer was lost.</summary>
    Reconnecting,

    /// <summary>Rebooting or reconnecting has failed for long; the applet goes on trying.</summary>
    Offline,

    /// <summary>Nothing happened for the active idle time-out; its technician closes it.</summary>
    TimedOut,

    /// <summary>Over. The reason is in <see cref="Session.End"/>.</summary>
    Closed,

    /// <summary>
    /// Stored, but not to be read by this version of the library: damaged, or written by a later version. Such a session is listed so that somebody
    /// can see to it; nothing is permitted, no timer touches it, and no other session is concerned. A store never keeps this status.
    /// </summary>
    Unreadable,
}

using System.Text.Json.Serialization;
using Rescue.Sessions.Json;

namespace Rescue.Sessions.Lifecycle;

/// <summary>What sort of thing a <see cref="SessionEvent"/> tells.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<SessionEventKind>))]
public enum SessionEventKind
{
    /// <summary>The session was made.</summary>
    Created,

    /// <summary>A trigger of the life table.</summary>
    Transition,

    /// <summary>The invitation came a step further or failed; <see cref="SessionEvent.Detail"/> names its state.</summary>
    Invitation,

    /// <summary>A deadline comes near; <see cref="SessionEvent.Detail"/> holds the alarm's level, 1 to 3.</summary>
    Alarm,

    /// <summary>Somebody tried the code although it was used up or over.</summary>
    CodeTried,

    /// <summary>The technician was at work: the idle time-out runs anew.</summary>
    Activity,

    /// <summary>A technician invited a guest, whose name is the <see cref="SessionEvent.Detail"/>.</summary>
    GuestInvited,

    /// <summary>A guest joined, or came back; <see cref="SessionEvent.Detail"/> is what they call themselves.</summary>
    GuestJoined,

    /// <summary>A guest left, was sent away by a technician or ran out of time, as <see cref="SessionEvent.Actor"/> tells; <see cref="SessionEvent.Detail"/> is their name.</summary>
    GuestLeft,
}

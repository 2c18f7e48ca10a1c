using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.AspNetCore.Technicians;

/// <summary>One event of the technician's stream, with the session as it is when the event is sent.</summary>
internal sealed record SessionEventView(
    string SessionId,
    SessionEventKind Kind,
    SessionTrigger? Trigger,
    DateTimeOffset At,
    SessionStatus From,
    SessionStatus To,
    string? Detail,
    SessionView? Session);

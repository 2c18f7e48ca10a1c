using Rescue.Sessions.Presence;

namespace Rescue.Sessions.AspNetCore.Technicians;

internal sealed record PresenceView(TechnicianPresence Presence);

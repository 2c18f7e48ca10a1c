namespace Rescue.Sessions.AspNetCore.Technicians;

internal sealed record PresenceBody(string? Presence);

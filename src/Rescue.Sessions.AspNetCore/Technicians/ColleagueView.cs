using Rescue.Sessions.Presence;

namespace Rescue.Sessions.AspNetCore.Technicians;

internal sealed record ColleagueView(string Id, string Name, TechnicianPresence Presence, int Active);

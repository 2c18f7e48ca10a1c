using System.ComponentModel.DataAnnotations;
using Rescue.Sessions.Presence;

namespace Rescue.Sessions.AspNetCore.Technicians;

internal sealed record PresenceBody([property: Required, EnumDataType(typeof(TechnicianPresence))] string? Presence);

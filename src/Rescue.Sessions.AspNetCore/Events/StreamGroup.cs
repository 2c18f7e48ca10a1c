namespace Rescue.Sessions.AspNetCore.Events;

/// <summary>Streams that are counted together.</summary>
/// <param name="Kind">What sort of group it is.</param>
/// <param name="Tenant">The tenant, where the group is one's.</param>
/// <param name="Id">The technician or the applet's session, where the group is one's.</param>
internal readonly record struct StreamGroup(StreamGroupKind Kind, string? Tenant = null, string? Id = null);

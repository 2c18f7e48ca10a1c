namespace Rescue.Sessions.Organizations;

/// <summary>Which organisation is asked for: that of a tenant, or the one with a host name. Exactly one of the two is set.</summary>
/// <param name="Tenant">The tenant; null where a host name is asked about.</param>
/// <param name="HostName">The host name of a request, lower case and in ASCII, from whoever sent it; null where a tenant is asked about.</param>
public sealed record OrganizationQuery(string? Tenant, string? HostName);

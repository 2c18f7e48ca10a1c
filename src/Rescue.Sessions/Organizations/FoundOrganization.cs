namespace Rescue.Sessions.Organizations;

/// <summary>What a host knows of an organisation.</summary>
/// <param name="Tenant">Its tenant.</param>
/// <param name="Settings">What is set for it; what is null is the product's.</param>
public sealed record FoundOrganization(string Tenant, OrganizationSettings Settings);

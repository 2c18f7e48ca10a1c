namespace Rescue.Sessions.Organizations;

/// <summary>An organisation and what it was made of.</summary>
internal sealed record ResolvedOrganization(
    ConfiguredOrganizations Configured, OrganizationSettings? Found, OrganizationSettings? Saved, Organization Organization)
{
    /// <summary>Whether it would be made the same now.</summary>
    public bool IsOf(ConfiguredOrganizations configured, OrganizationSettings? found, OrganizationSettings? saved) =>
        ReferenceEquals(Configured, configured) && ReferenceEquals(Found, found) && ReferenceEquals(Saved, saved);
}

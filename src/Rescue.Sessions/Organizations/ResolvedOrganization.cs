namespace Rescue.Sessions.Organizations;

/// <summary>An organisation and what it was made of.</summary>
internal sealed record ResolvedOrganization(
    ConfiguredOrganizations Configured, FoundOrganization? Found, OrganizationSettings? Saved, Organization Organization)
{
    /// <summary>Whether it would be made the same now.</summary>
    public bool IsOf(ConfiguredOrganizations configured, FoundOrganization? found, OrganizationSettings? saved) =>
        ReferenceEquals(Configured, configured) && ReferenceEquals(Saved, saved)
        && ReferenceEquals(Found?.Settings, found?.Settings) && ReferenceEquals(Found?.Domains, found?.Domains);
}

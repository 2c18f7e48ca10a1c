namespace Rescue.Sessions.Organizations;

/// <summary>An organisation and what it was made of.</summary>
/// <param name="Configured">The organisations of the options.</param>
/// <param name="Found">What the host's function has said.</param>
/// <param name="Saved">What the administrator has saved.</param>
/// <param name="Set">What of both can be used.</param>
/// <param name="Problems">What cannot.</param>
/// <param name="Organization">The organisation.</param>
internal sealed record ResolvedOrganization(
    ConfiguredOrganizations Configured,
    FoundOrganization? Found,
    OrganizationSettings? Saved,
    OrganizationSettings? Set,
    IReadOnlyList<FieldProblem> Problems,
    Organization Organization)
{
    /// <summary>Whether it was made of these very objects, so that nobody needs to look at them.</summary>
    public bool IsOf(ConfiguredOrganizations configured, FoundOrganization? found, OrganizationSettings? saved) =>
        ReferenceEquals(Configured, configured) && ReferenceEquals(Saved, saved)
        && ReferenceEquals(Found?.Settings, found?.Settings) && ReferenceEquals(Found?.Domains, found?.Domains);

    /// <summary>Whether what can be used now would make the same.</summary>
    public bool IsSame(ConfiguredOrganizations configured, OrganizationSettings? set) =>
        ReferenceEquals(Configured, configured) && (Set is null ? set is null : set is not null && Set.Says(set));
}

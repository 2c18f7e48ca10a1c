namespace Rescue.Sessions.Organizations;

/// <summary>What a host knows of an organisation.</summary>
/// <param name="Tenant">Its tenant.</param>
/// <param name="Settings">What is set for it; what is null is the product's.</param>
public sealed record FoundOrganization(string Tenant, OrganizationSettings Settings)
{
    /// <summary>
    /// The domains that belong to it, beside those of the options: its administrators may put a sender's address or a host name in them into their settings,
    /// and in no others. Empty where the host says nothing of them.
    /// </summary>
    public IReadOnlyList<string> Domains { get; init; } = [];
}

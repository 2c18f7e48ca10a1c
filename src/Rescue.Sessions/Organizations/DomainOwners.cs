namespace Rescue.Sessions.Organizations;

/// <summary>Whose which domain is, as far as the host has said. What is below a domain belongs to it, unless it was given to somebody else.</summary>
internal sealed class DomainOwners
{
    private readonly Dictionary<string, HashSet<string>> owners = new(StringComparer.Ordinal);
    private readonly HashSet<string> withOwn = new(StringComparer.Ordinal);

    public DomainOwners(IOrganizationOptions options)
    {
        Declare(Technician.DefaultTenant, options.Organization.Domains);
        foreach (var (tenant, organization) in options.Organizations)
            Declare(tenant, organization.Domains);
    }

    /// <summary>
    /// Whether a tenant may have what stands in a domain: it belongs to it; or to nobody, where the host has not said either which are the tenant's own.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="domain">The domain.</param>
    /// <param name="own">The domains that the host's function gives to the tenant.</param>
    public bool MayUse(string tenant, string domain, IReadOnlyList<string> own) =>
        IsOwn(tenant, domain, own) || (Find(domain) is null && own.Count == 0 && !withOwn.Contains(tenant));

    /// <summary>Whether what stands in a domain belongs to others, or is reserved, and not the tenant's.</summary>
    public bool IsForeign(string tenant, string domain, IReadOnlyList<string> own) => Find(domain) is not null && !IsOwn(tenant, domain, own);

    /// <summary>Whether the host has given a tenant what stands in a domain.</summary>
    public bool IsOwn(string tenant, string domain, IReadOnlyList<string> own) =>
        Find(domain)?.Contains(tenant) == true || own.Any(given => HostNames.Of(given) is var name && (domain == name || domain.EndsWith($".{name}", StringComparison.Ordinal)));

    /// <summary>What the host has set for a tenant is the tenant's, even where it has listed no domains.</summary>
    public void Imply(string tenant, string? domain)
    {
        if (domain is not null && Find(domain)?.Contains(tenant) != true)
            Own(domain, tenant);
    }

    /// <summary>Keeps domains, where nobody has them, for those to whom the host's function gives them.</summary>
    public void Reserve(IEnumerable<string> domains)
    {
        foreach (var name in domains.Select(HostNames.Of).Where(name => Find(name) is null))
            owners.Add(name, []);
    }

    private void Declare(string tenant, IEnumerable<string> domains)
    {
        foreach (var domain in domains)
        {
            withOwn.Add(tenant);
            Own(HostNames.Of(domain), tenant);
        }
    }

    private void Own(string domain, string tenant)
    {
        if (!owners.TryGetValue(domain, out var tenants))
            owners.Add(domain, tenants = new(StringComparer.Ordinal));
        tenants.Add(tenant);
    }

    private HashSet<string>? Find(string domain)
    {
        for (var rest = domain; ; rest = rest[(rest.IndexOf('.', StringComparison.Ordinal) + 1)..])
        {
            if (owners.TryGetValue(rest, out var found))
                return found;
            if (!rest.Contains('.', StringComparison.Ordinal))
                return null;
        }
    }
}

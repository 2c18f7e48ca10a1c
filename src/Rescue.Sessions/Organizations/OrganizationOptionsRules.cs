using Rescue.Sessions.Codes;
using Rescue.Sessions.Normalization;

namespace Rescue.Sessions.Organizations;

/// <summary>What the host may set for organisations in its options; every problem names the property and the fix.</summary>
internal static class OrganizationOptionsRules
{
    public static IEnumerable<string> Problems(IOrganizationOptions options)
    {
        foreach (var problem in Values("Organization", options.Organization))
            yield return problem;
        if (options.Organization.PublicBaseUri is not null)
            yield return "Organization.PublicBaseUri is for tenants' organisations. Set Codes.PublicBaseUri to the product's address instead.";
        foreach (var (tenant, organization) in options.Organizations)
        {
            if (tenant.Length == 0)
                yield return "Organizations has an entry without a tenant. Set its key to the tenant, as Technician.Tenant says it.";
            foreach (var problem in Values($"Organizations[{tenant}]", organization))
                yield return problem;
        }

        foreach (var problem in SharedHosts(options).Concat(ForeignDomains(options)))
            yield return problem;
    }

    private static IEnumerable<string> Values(string path, OrganizationOptions options)
    {
        foreach (var problem in OrganizationRules.Problems(OrganizationSettings.Of(options)))
            yield return $"{path}.{char.ToUpperInvariant(problem.Field[0])}{problem.Field[1..]}: {problem.Message}";
        foreach (var domain in options.Domains.Where(domain => DomainName.Parse(domain.Trim()) is null && domain.Trim() != "localhost"))
            yield return $"{path}.Domains has '{domain}', which is no domain. Write it without scheme, wildcard and @, such as example.org.";
    }

    private static IEnumerable<string> SharedHosts(IOrganizationOptions options)
    {
        var hosts = new Dictionary<string, string>(StringComparer.Ordinal);
        var product = options.Codes.PublicBaseUri is { IsAbsoluteUri: true } address ? address : null;
        if (product is not null)
            hosts.Add(HostNames.Of(product), "Codes.PublicBaseUri");
        foreach (var (tenant, organization) in options.Organizations)
        {
            if (organization.PublicBaseUri is not { } uri || !uri.IsAbsoluteUri || PublicBaseUri.Problem(uri) is not null)
                continue;
            var path = $"Organizations[{tenant}].PublicBaseUri";
            if (!hosts.TryAdd(HostNames.Of(uri), path))
                yield return $"{path} has the host name of {hosts[HostNames.Of(uri)]}. Give each organisation a host name of its own, or leave it out where it is the product's.";
            if (product is not null && PublicBaseUri.Normalize(uri).AbsolutePath != PublicBaseUri.Normalize(product).AbsolutePath)
                yield return $"{path} must have the path '{PublicBaseUri.Normalize(product).AbsolutePath}' of Codes.PublicBaseUri, where the pages are.";
        }
    }

    private static IEnumerable<string> ForeignDomains(IOrganizationOptions options)
    {
        var owners = new DomainOwners(options);
        foreach (var (tenant, organization) in options.Organizations)
        {
            if (HostNames.OfMailbox(organization.SenderAddress) is { } sender && !owners.MayUse(tenant, sender, []))
                yield return $"Organizations[{tenant}].SenderAddress is in a domain that is not the tenant's. Add '{sender}' to its Domains, or use an address in them.";
            if (organization.PublicBaseUri is { IsAbsoluteUri: true } uri && !owners.MayUse(tenant, HostNames.Of(uri), []))
                yield return $"Organizations[{tenant}].PublicBaseUri is in a domain that is not the tenant's. Add '{HostNames.Of(uri)}' to its Domains, or use a host name in them.";
        }
    }
}

using System.Collections.Concurrent;
using Rescue.Sessions.Codes;

namespace Rescue.Sessions.Organizations;

/// <summary>
/// The organisations of the options by tenant and by host name, and whose which domain is. Made once of one instance of the options, so that a request finds
/// each in one look, however many there are.
/// </summary>
internal sealed class ConfiguredOrganizations
{
    private readonly Dictionary<string, OrganizationSettings> byTenant = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> tenantByHost = new(StringComparer.Ordinal);

    public ConfiguredOrganizations(IOrganizationOptions options)
    {
        Options = options;
        Product = OrganizationSettings.Of(options.Organization);
        ProductUri = PublicBaseUri.Normalize(options.Codes.PublicBaseUri!);
        Owners = new(options);
        // The product's own are no tenant's to take, such as another address to send from that its keys would sign.
        Imply(Technician.DefaultTenant, options.Organization.SenderAddress, ProductUri);
        foreach (var (tenant, organization) in options.Organizations)
        {
            byTenant.Add(tenant, OrganizationSettings.Of(organization));
            Imply(tenant, organization.SenderAddress, organization.PublicBaseUri);
            if (organization.PublicBaseUri is { } address && HostNames.Of(address) is var host && host != HostNames.Of(ProductUri))
                tenantByHost[host] = tenant;
        }

        Owners.Reserve(options.ReservedDomains);
    }

    /// <summary>Those that have host names, as they were made of the options: a logo is read once.</summary>
    public ConcurrentDictionary<string, Organization> MadeByHost { get; } = new(StringComparer.Ordinal);

    public IOrganizationOptions Options { get; }

    public OrganizationSettings Product { get; }

    /// <summary>The product's public address, as links are made of it.</summary>
    public Uri ProductUri { get; }

    public DomainOwners Owners { get; }

    public OrganizationSettings? Find(string tenant) => byTenant.GetValueOrDefault(tenant);

    /// <summary>The tenant whose organisation has a host name; null for the product's and for unknown ones.</summary>
    public string? TenantOfHost(string hostName) => tenantByHost.GetValueOrDefault(hostName);

    public bool IsProductHost(string hostName) => HostNames.Of(ProductUri) == hostName;

    private void Imply(string tenant, string? sender, Uri? address)
    {
        Owners.Imply(tenant, HostNames.OfMailbox(sender));
        Owners.Imply(tenant, address is null ? null : HostNames.Of(address));
    }
}

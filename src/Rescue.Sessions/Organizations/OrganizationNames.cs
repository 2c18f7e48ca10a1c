using System.Collections.Immutable;
using System.Text.Json;
using Rescue.Sessions.Settings;

namespace Rescue.Sessions.Organizations;

/// <summary>Which host name and which sender's domain a tenant's setting may hold. Thread-safe.</summary>
internal sealed class OrganizationNames(OrganizationDirectory organizations, OrganizationClaims claims, TenantSettings settings)
{
    /// <summary>Takes what is to be set, before it is saved; answers what is another tenant's.</summary>
    public async ValueTask<ImmutableArray<FieldProblem>> TakeAsync(
        Technician technician, OrganizationSettings organization, ConfiguredOrganizations configured, CancellationToken cancellationToken)
    {
        var problems = ImmutableArray.CreateBuilder<FieldProblem>();
        if (OwnershipRules.HostOf(organization, configured) is { } host && !await claims.TryTakeHostAsync(
            host, technician, (tenant, isNew) => HoldsAsync(tenant, isNew, host, OwnershipRules.HostOf), cancellationToken).ConfigureAwait(false))
        {
            problems.Add(OwnershipRules.ForeignHost);
        }

        if (OwnershipRules.SenderDomainOf(organization, configured) is { } domain && !await claims.TryTakeSenderAsync(
            domain, technician, (tenant, isNew) => HoldsAsync(tenant, isNew, domain, OwnershipRules.SenderDomainOf), cancellationToken).ConfigureAwait(false))
        {
            problems.Add(OwnershipRules.ForeignSender);
        }

        return problems.DrainToImmutable();

        // Whoever the host has given the domain to has it, whoever came first.
        async ValueTask<bool> HoldsAsync(string tenant, bool isNew, string name, Func<OrganizationSettings, ConfiguredOrganizations, string?> nameOf)
        {
            if (await IsOwnAsync(technician.Tenant, name).ConfigureAwait(false) && !await IsOwnAsync(tenant, name).ConfigureAwait(false))
                return false;
            return await organizations.MayUseAsync(tenant, name, configured, cancellationToken).ConfigureAwait(false)
                && (isNew || await IsSetAsync(tenant, name, nameOf, configured, cancellationToken).ConfigureAwait(false));
        }

        ValueTask<bool> IsOwnAsync(string tenant, string name) => organizations.IsOwnAsync(tenant, name, configured, cancellationToken);
    }

    /// <summary>Gives up what the tenant's setting, as it is now, does not hold.</summary>
    public async ValueTask ReleaseAsync(Technician technician, OrganizationSettings left, ConfiguredOrganizations configured, CancellationToken cancellationToken)
    {
        if (OwnershipRules.HostOf(left, configured) is { } host)
        {
            await claims.ReleaseHostAsync(
                host, technician, () => IsSetAsync(technician.Tenant, host, OwnershipRules.HostOf, configured, cancellationToken), cancellationToken).ConfigureAwait(false);
        }

        if (OwnershipRules.SenderDomainOf(left, configured) is { } domain)
        {
            await claims.ReleaseSenderAsync(
                domain, technician, () => IsSetAsync(technician.Tenant, domain, OwnershipRules.SenderDomainOf, configured, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
    }

    // On whatever node it was saved.
    private async ValueTask<bool> IsSetAsync(
        string tenant, string name, Func<OrganizationSettings, ConfiguredOrganizations, string?> nameOf, ConfiguredOrganizations configured, CancellationToken cancellationToken) =>
        await settings.ReadHistoryAsync(tenant, SettingNames.Organization, 1, cancellationToken).ConfigureAwait(false) is [{ Value: { } json }, ..]
        && nameOf(JsonSerializer.Deserialize(json, OrganizationJson.Default.OrganizationSettings)!, configured) == name;
}

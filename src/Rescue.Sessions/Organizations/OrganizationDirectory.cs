using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Settings;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Organizations;

/// <summary>
/// Says which organisation a tenant is to its customers, and whose host name is whose: mails, links and pages all ask here. Thread-safe.
/// </summary>
/// <remarks>
/// Property by property, what the tenant's administrator has saved goes before what the host's own function says, that before the options of the tenant, and
/// those before the product's. A value that cannot be used (any more) counts as not set, with a warning in the log. What is asked often is answered from
/// memory; what is saved holds within a second on every node.
/// </remarks>
public sealed class OrganizationDirectory
{
    private const string ProductName = "Support";

    private static readonly ImmutableDictionary<string, string> WordingByTag = ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase);

    private readonly TenantSettings settings;
    private readonly OrganizationClaims claims;
    private readonly HostOrganizations hosts;
    private readonly IOptionsMonitor<IOrganizationOptions> options;
    private readonly SessionTelemetry telemetry;
    private readonly ConcurrentDictionary<string, ResolvedOrganization> resolved = new(StringComparer.Ordinal);
    private ConfiguredOrganizations? configured;

    internal OrganizationDirectory(
        TenantSettings settings, OrganizationClaims claims, HostOrganizations hosts, IOptionsMonitor<IOrganizationOptions> options, SessionTelemetry telemetry)
    {
        this.settings = settings;
        this.claims = claims;
        this.hosts = hosts;
        this.options = options;
        this.telemetry = telemetry;
    }

    /// <summary>The tenant's organisation; the product's in all that is not set for it.</summary>
    /// <exception cref="Stores.SessionStoreException">The store failed.</exception>
    public async ValueTask<Organization> FindAsync(string tenant, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        var saved = await settings.FindAsync(tenant, SettingNames.Organization, OrganizationJson.Default.OrganizationSettings, cancellationToken).ConfigureAwait(false);
        var found = await hosts.FindAsync(new(tenant, null), cancellationToken).ConfigureAwait(false);
        var current = Configured;
        if (resolved.TryGetValue(tenant, out var known) && known.IsOf(current, found, saved))
            return known.Organization;
        // Both are read anew each second, and whose a name is may have changed without them. What comes to the same stays the same object, with all that others have made of it.
        var problems = new List<FieldProblem>();
        var own = await UsableAsync(tenant, saved, current, problems, cancellationToken).ConfigureAwait(false);
        var told = Usable(tenant, found?.Settings, current, problems);
        var set = own?.Over(told) ?? told;
        var organization = known?.IsSame(current, set) == true ? known.Organization : Make(tenant, current, set);
        ResolvedOrganization made = new(current, found, saved, set, problems, organization);
        foreach (var problem in problems.Except(known?.Problems ?? []))
            telemetry.OrganizationUnusable(tenant, problem.Field, problem.Message);
        if (resolved.TryAdd(tenant, made))
            TellOfUnknown(made, current);
        else
            resolved[tenant] = made;
        return organization;
    }

    /// <summary>The organisation that has a host name of its own; null for the product's host name and for every one that is not known.</summary>
    /// <param name="hostName">The host name a request was sent to, without port: it may be anything, and decides among known ones alone.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Stores.SessionStoreException">The store failed.</exception>
    public async ValueTask<Organization?> FindByHostAsync(string? hostName, CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrEmpty(hostName) || hostName.Length > HostNames.MaxLength)
            return null;
        var name = HostNames.Of(hostName);
        if (Configured.IsProductHost(name))
            return null;
        var tenant = Configured.TenantOfHost(name) ?? (await hosts.FindAsync(new(null, name), cancellationToken).ConfigureAwait(false))?.Tenant;
        if (tenant is not null)
            return await FindAsync(tenant, cancellationToken).ConfigureAwait(false);
        if (await claims.TenantOfHostAsync(name, cancellationToken).ConfigureAwait(false) is not { } taker)
            return null;
        var organization = await FindAsync(taker, cancellationToken).ConfigureAwait(false);
        return HostNames.Of(organization.PublicBaseUri) == name ? organization : null;
    }

    /// <summary>The tenant's organisation by the options alone, for when the store is out of reach.</summary>
    public Organization FindConfigured(string tenant)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return Make(tenant, Configured, null);
    }

    /// <summary>The organisation that has a host name by the options alone; null when none has.</summary>
    public Organization? FindConfiguredByHost(string? hostName) =>
        hostName is { Length: > 0 and <= HostNames.MaxLength } && Configured is var current && current.TenantOfHost(HostNames.Of(hostName)) is { } tenant
            ? current.MadeByHost.GetOrAdd(tenant, static (tenant, current) => Make(tenant, current, null), current)
            : null;

    /// <summary>What of a tenant's settings would be somebody else's, by the options and by the host's function.</summary>
    internal async ValueTask<IReadOnlyList<FieldProblem>> ForeignAsync(
        string tenant, OrganizationSettings settings, ConfiguredOrganizations current, CancellationToken cancellationToken)
    {
        FieldProblem[] problems = [.. OwnershipRules.Problems(tenant, settings, await DomainsOfAsync(tenant, cancellationToken).ConfigureAwait(false), current)];
        return OwnershipRules.HostOf(settings, current) is { } host && !problems.Contains(OwnershipRules.ForeignHost)
            && await hosts.FindAsync(new(null, host), cancellationToken).ConfigureAwait(false) is { } other && other.Tenant != tenant
            ? [.. problems, OwnershipRules.ForeignHost]
            : problems;
    }

    /// <summary>Whether a tenant may have what stands in a domain.</summary>
    internal async ValueTask<bool> MayUseAsync(string tenant, string domain, ConfiguredOrganizations current, CancellationToken cancellationToken) =>
        current.Owners.MayUse(tenant, domain, await DomainsOfAsync(tenant, cancellationToken).ConfigureAwait(false));

    /// <summary>Whether the host has given a tenant what stands in a domain.</summary>
    internal async ValueTask<bool> IsOwnAsync(string tenant, string domain, ConfiguredOrganizations current, CancellationToken cancellationToken) =>
        current.Owners.IsOwn(tenant, domain, await DomainsOfAsync(tenant, cancellationToken).ConfigureAwait(false));

    private async ValueTask<IReadOnlyList<string>> DomainsOfAsync(string tenant, CancellationToken cancellationToken) =>
        (await hosts.FindAsync(new(tenant, null), cancellationToken).ConfigureAwait(false))?.Domains ?? [];

    internal ConfiguredOrganizations Configured
    {
        get
        {
            var current = options.CurrentValue;
            var known = Volatile.Read(ref configured);
            if (known?.Options == current)
                return known;
            known = new(current);
            Volatile.Write(ref configured, known);
            return known;
        }
    }

    // What was saved was looked at then; since, a later version may know better, and the host may have given a domain to somebody else.
    private async ValueTask<OrganizationSettings?> UsableAsync(
        string tenant, OrganizationSettings? saved, ConfiguredOrganizations current, List<FieldProblem> problems, CancellationToken cancellationToken)
    {
        if (saved is null)
            return null;
        var usable = Sieve(saved, [.. OrganizationRules.Problems(saved), .. await ForeignAsync(tenant, saved, current, cancellationToken).ConfigureAwait(false)], problems);
        if (OwnershipRules.HostOf(usable, current) is { } host && await claims.TenantOfHostAsync(host, cancellationToken).ConfigureAwait(false) != tenant)
            usable = Sieve(usable, [OwnershipRules.ForeignHost], problems);
        // Nothing is looked up by it, so that only another's claim is in the way.
        if (OwnershipRules.SenderDomainOf(usable, current) is { } domain
            && await claims.TenantOfSenderAsync(domain, cancellationToken).ConfigureAwait(false) is { } taker && taker != tenant)
        {
            usable = Sieve(usable, [OwnershipRules.ForeignSender], problems);
        }

        return usable;
    }

    private static OrganizationSettings? Usable(string tenant, OrganizationSettings? found, ConfiguredOrganizations current, List<FieldProblem> problems) => found is null
        ? null
        : Sieve(found, [.. OrganizationRules.Problems(found), .. OwnershipRules.ProblemsOfAddress(tenant, found, current)], problems);

    // Where others have an organisation, a tenant without one may be a name that was mistyped; it may as well be one that is content with the product's.
    private void TellOfUnknown(ResolvedOrganization made, ConfiguredOrganizations current)
    {
        var tenant = made.Organization.Tenant;
        if (made is { Found: null, Saved: null } && tenant != Technician.DefaultTenant && current.Find(tenant) is null
            && current.Options is { Organizations.Count: > 0 } or { FindOrganization: not null })
        {
            telemetry.OrganizationUnknown(tenant);
        }
    }

    private static OrganizationSettings Sieve(OrganizationSettings settings, IReadOnlyList<FieldProblem> found, List<FieldProblem> problems)
    {
        problems.AddRange(found);
        return found.Aggregate(settings, (usable, problem) => usable.Without(problem.Field));
    }

    private static Organization Make(string tenant, ConfiguredOrganizations current, OrganizationSettings? set)
    {
        var all = (set ?? new()).Over(current.Find(tenant)).Over(current.Product);
        return new()
        {
            Tenant = tenant,
            Name = all.Name is { } name ? PersonName.Normalize(name) : ProductName,
            SenderAddress = all.SenderAddress is { } sender ? OrganizationRules.MailboxOf(sender) : null,
            SenderName = all.SenderName ?? Organization.DefaultSenderName,
            ReplyTo = all.ReplyTo is null ? Organization.ReplyToTechnician : OrganizationRules.MailboxOf(all.ReplyTo) ?? all.ReplyTo,
            PublicBaseUri = all.PublicBaseUri is { } address ? PublicBaseUri.Normalize(new(address)) : current.ProductUri,
            Logo = all.Logo is { } logo ? OrganizationLogo.Read(logo, out _) : null,
            AccentColor = all.AccentColor is { } color ? AccentColor.Parse(color).ToString()! : Organization.DefaultAccentColor,
            Phone = all.Phone?.Trim(),
            Url = all.Url is { } page ? WebPage.Parse(page) : null,
            Languages = all.Languages is { } languages ? [.. languages.Select(LanguageTag.Normalize).Distinct()] : [],
            TimeZone = all.TimeZone ?? "UTC",
            // Nobody's organisation is to be away for a language that stands in it twice.
            Wording = all.Wording is { } wording ? WordingByTag.SetItems(wording) : ImmutableDictionary<string, string>.Empty,
        };
    }
}

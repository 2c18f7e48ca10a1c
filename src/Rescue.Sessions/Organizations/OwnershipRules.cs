using Rescue.Sessions.Codes;

namespace Rescue.Sessions.Organizations;

/// <summary>What of an organisation's settings would be somebody else's: a host name, or the domain of a sender's address.</summary>
internal static class OwnershipRules
{
    private const string Foreign = "belongs to another organisation, or is in none of the domains that the product has given to yours. Use one of your own.";

    public static readonly FieldProblem ForeignHost = new("publicBaseUri", OrganizationRules.Sentence("publicBaseUri", Foreign));

    public static readonly FieldProblem ForeignSender = new("senderAddress", OrganizationRules.Sentence("senderAddress", Foreign));

    private static readonly FieldProblem ForeignReply = new("replyTo", OrganizationRules.Sentence("replyTo", "belongs to another organisation. Use one of your own."));

    private static readonly FieldProblem LocalHost = Problem("needs a host name that everybody knows, such as help.example.org: one without a dot, or an IP address, can be anybody's.");

    /// <summary>What an administrator may not set for their tenant, to which the host's function gives some domains.</summary>
    public static IEnumerable<FieldProblem> Problems(string tenant, OrganizationSettings settings, IReadOnlyList<string> own, ConfiguredOrganizations configured)
    {
        if (SenderDomainOf(settings, configured) is { } domain && !configured.Owners.MayUse(tenant, domain, own))
            yield return ForeignSender;
        // Who answers a customer's question need not be in a domain of the organisation's own.
        if (HostNames.OfMailbox(settings.ReplyTo) is { } answers && settings.ReplyTo != configured.Product.ReplyTo && configured.Owners.IsForeign(tenant, answers, own))
            yield return ForeignReply;
        if (ProblemsOfAddress(tenant, settings, configured).FirstOrDefault() is { } problem)
            yield return problem;
        else if (HostOf(settings, configured) is not { } host)
            yield break;
        // By such names a proxy or a probe may reach the product, and it would show them one tenant's pages.
        else if (!HostNames.IsPublic(host) && !configured.Owners.IsOwn(tenant, host, own))
            yield return LocalHost;
        else if (!configured.Owners.MayUse(tenant, host, own))
            yield return ForeignHost;
    }

    /// <summary>What not even the host may say of a tenant's address, because it is the product's or another organisation's by the options.</summary>
    public static IEnumerable<FieldProblem> ProblemsOfAddress(string tenant, OrganizationSettings settings, ConfiguredOrganizations configured)
    {
        if (HostOf(settings, configured) is not { } host)
            yield break;
        var address = PublicBaseUri.Normalize(new(settings.PublicBaseUri!));
        var product = configured.ProductUri;
        if (configured.IsProductHost(host))
            yield return Problem($"has the host name of the product. Use one of your own, or null for the product's address, {product}.");
        else if (configured.TenantOfHost(host) is { } other && other != tenant)
            yield return ForeignHost;
        else if (address.AbsolutePath != product.AbsolutePath)
            yield return Problem($"must have the path '{product.AbsolutePath}', where the pages are.");
        else if (address.Scheme != Uri.UriSchemeHttps && product.Scheme == Uri.UriSchemeHttps && !configured.Options.Codes.AllowHttp && !PublicBaseUri.IsLoopback(address))
            yield return Problem("must start with https://, for anybody on the way can read links over http.");
    }

    /// <summary>The host name that would be the tenant's own; null where there is none, or where the address is the product's.</summary>
    public static string? HostOf(OrganizationSettings settings, ConfiguredOrganizations configured) =>
        Uri.TryCreate(settings.PublicBaseUri, UriKind.Absolute, out var address) && PublicBaseUri.Problem(address) is null
        && PublicBaseUri.Normalize(address) != configured.ProductUri
            ? HostNames.Of(address)
            : null;

    /// <summary>The domain of the sender's address that would be the tenant's own; null where there is none, or where the address is the product's.</summary>
    public static string? SenderDomainOf(OrganizationSettings settings, ConfiguredOrganizations configured) =>
        settings.SenderAddress is { } sender && OrganizationRules.MailboxOf(sender) is { } mailbox
        && mailbox != (configured.Product.SenderAddress is { } product ? OrganizationRules.MailboxOf(product) : null)
            ? HostNames.OfMailbox(mailbox)
            : null;

    private static FieldProblem Problem(string problem) => new("publicBaseUri", OrganizationRules.Sentence("publicBaseUri", problem));
}

using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.Organizations;

namespace Rescue.Sessions.AspNetCore.Customers.Pages;

/// <summary>What every page of the customer needs of its surroundings.</summary>
/// <param name="Organization">Who gives support: whose host name the request was sent to, or whose session it is about.</param>
/// <param name="Host">The organisation that has the request's host name; null where that is the product's, or is not known.</param>
/// <param name="IsKnownHost">Whether the host name is one that is configured, the product's included.</param>
/// <param name="Tenant">As whom wrong PINs are counted: that organisation, else the product's tenant.</param>
internal sealed record CustomerContext(Organization Organization, Organization? Host, bool IsKnownHost, string Tenant)
{
    /// <summary>Whether nobody could say whose the host name is: it may be another organisation's, whose tenant is then not <see cref="Tenant"/>.</summary>
    public bool MayBeAnothers { get; private init; }

    /// <summary>The path of the page for a typed PIN, as the customer's browser sees it; every organisation's is the same.</summary>
    public string PinPage => PublicAddress.AbsolutePath;

    /// <summary>The page for a typed PIN, as the organisation's customers reach it.</summary>
    public Uri PublicAddress => new(Organization.PublicBaseUri, "Customer");

    /// <summary>That address as people read it out: without the scheme that a browser takes anyway.</summary>
    public string TypedAddress => PublicAddress.Scheme == Uri.UriSchemeHttps
        ? $"{PublicAddress.IdnHost}{(PublicAddress.IsDefaultPort ? "" : $":{PublicAddress.Port}")}{PinPage}"
        : PublicAddress.AbsoluteUri;

    /// <summary>The path of the page that links lead to.</summary>
    public string Landing => $"{PinPage}/Code.aspx";

    /// <summary>The path of the page that carries a link to another device.</summary>
    public string AnotherDevice => $"{PinPage}/another-device";

    /// <summary>The path of the page by which the browser joins.</summary>
    public string Browser => $"{PinPage}/browser";

    /// <summary>The path of the page for those who did not ask for help.</summary>
    public string Decline => $"{PinPage}/decline";

    /// <summary>The path of the page by which customers ask for help.</summary>
    public string Request => $"{PinPage}/request";

    /// <summary>Who helps in a session until a technician has started it: whoever has made it, or the organisation that its customer has asked.</summary>
    public string HelperOf(Session session) => session.CreatedBy?.Name ?? Organization.Name;

    /// <summary>Where the applet's protocol is spoken, beside the customer's pages.</summary>
    public string Applet => $"{PinPage[..PinPage.LastIndexOf('/')]}/applet";

    /// <summary>Where guests join, beside the customer's pages.</summary>
    public string Guest => $"{PinPage[..PinPage.LastIndexOf('/')]}/guest";

    public static async ValueTask<CustomerContext> OfAsync(HttpContext context)
    {
        var organizations = context.RequestServices.GetRequiredService<OrganizationDirectory>();
        try
        {
            var host = await organizations.FindByHostAsync(context.Request.Host.Host, context.RequestAborted).ConfigureAwait(false);
            var organization = host ?? await organizations.FindAsync(TenantOf(context), context.RequestAborted).ConfigureAwait(false);
            return Of(context, organization, host);
        }
        catch (Exception failure) when (!context.RequestAborted.IsCancellationRequested)
        {
            // How a page looks is no reason to turn a customer away, whoever has failed, the host's own function included; what the page is about asks the store itself.
            ProblemLog.Of(context).LooksUnread(failure);
            var configured = Configured(context);
            return configured with { MayBeAnothers = !configured.IsKnownHost };
        }
    }

    /// <summary>By the options alone, for when the store is out of reach.</summary>
    public static CustomerContext Configured(HttpContext context)
    {
        var organizations = context.RequestServices.GetRequiredService<OrganizationDirectory>();
        var host = organizations.FindConfiguredByHost(context.Request.Host.Host);
        return Of(context, host ?? organizations.FindConfigured(TenantOf(context)), host);
    }

    /// <summary>The same request, about a session of a tenant.</summary>
    public static async ValueTask<CustomerContext> ForAsync(HttpContext context, CustomerContext here, Session? session)
    {
        if (session is null || session.Tenant == here.Organization.Tenant)
            return here;
        var organizations = context.RequestServices.GetRequiredService<OrganizationDirectory>();
        try
        {
            return here with { Organization = await organizations.FindAsync(session.Tenant, context.RequestAborted).ConfigureAwait(false) };
        }
        catch (Exception failure) when (!context.RequestAborted.IsCancellationRequested)
        {
            ProblemLog.Of(context).LooksUnread(failure);
            return here with { Organization = organizations.FindConfigured(session.Tenant) };
        }
    }

    /// <summary>Whether the request came to a host name that is known to be somebody else's than the organisation's.</summary>
    public bool IsElsewhere(HttpContext context) =>
        IsKnownHost && Host?.Tenant != Organization.Tenant && !IsHost(context, Organization.PublicBaseUri);

    private static CustomerContext Of(HttpContext context, Organization organization, Organization? host)
    {
        var product = context.RequestServices.GetRequiredService<IOptionsMonitor<RescueSessionsOptions>>().CurrentValue.Codes.PublicBaseUri!;
        return new(organization, host, host is not null || IsHost(context, product), host?.Tenant ?? TenantOf(context));
    }

    private static bool IsHost(HttpContext context, Uri address) =>
        context.Request.Host.Host.Trim('[', ']').TrimEnd('.').Equals(address.IdnHost, StringComparison.OrdinalIgnoreCase);

    private static string TenantOf(HttpContext context) => context.RequestServices.GetRequiredService<IOptions<RescueWebOptions>>().Value.Tenant;
}

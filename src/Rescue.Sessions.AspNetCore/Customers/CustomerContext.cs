using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Rescue.Sessions.AspNetCore.Customers;

/// <summary>What every page of the customer needs of its surroundings.</summary>
/// <param name="Organization">Who gives support.</param>
/// <param name="PinPage">The path of the page for a typed PIN, as the customer's browser sees it.</param>
internal sealed record CustomerContext(string Organization, string PinPage)
{
    public static CustomerContext Of(HttpContext context)
    {
        var options = context.RequestServices.GetRequiredService<IOptionsMonitor<RescueSessionsOptions>>().CurrentValue;
        return new(options.Organization.Name, PublicAddress(options).AbsolutePath);
    }

    /// <summary>The page for a typed PIN, as customers reach it.</summary>
    public static Uri PublicAddress(RescueSessionsOptions options) => new(options.Codes.PublicBaseUri!.AbsoluteUri.TrimEnd('/') + "/Customer");
}

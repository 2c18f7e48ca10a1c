using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Rescue.Sessions.AspNetCore.Customers.AnotherDevice;
using Rescue.Sessions.AspNetCore.Customers.Browser;
using Rescue.Sessions.AspNetCore.Customers.Declining;
using Rescue.Sessions.AspNetCore.Customers.Pages;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.AspNetCore.Protection;

namespace Rescue.Sessions.AspNetCore.Customers;

/// <summary>
/// The routes below <c>/Customer</c>. A GET changes nothing: mail scanners and previews follow every link, and the customer comes after them.
/// </summary>
internal static class CustomerEndpoints
{
    private static readonly string[] GetAndHead = [HttpMethods.Get, HttpMethods.Head];

    public static RouteGroupBuilder Map(IEndpointRouteBuilder endpoints)
    {
        // Customers have no account; a product that wants everybody signed in means its staff.
        var group = endpoints.MapGroup("/Customer").Protected(CustomerErrors.StoreAway, hasForms: true).AddEndpointFilter(new ProxyFilter()).WithTags("Customer").AllowAnonymous();
        group.WithMetadata(
            new PageAttribute(StatusCodes.Status503ServiceUnavailable, "The store is out of reach.") { Headers = ["Content-Language", "Retry-After"] });
        group.MapMethods("/Code.aspx", GetAndHead, LandingEndpoint.HandleAsync)
            .WithMetadata(new RescueRoute(IsLanding: true));
        group.MapMethods("/applet/{platform}", GetAndHead, DownloadEndpoint.HandleAsync);
        group.MapMethods("/browser", GetAndHead, BrowserEndpoint.HandleAsync);
        group.MapMethods("/browser/{version}/{file}", GetAndHead, BrowserScripts.Send).ExcludeFromDescription();
        group.MapMethods("/another-device", GetAndHead, AnotherDeviceEndpoint.HandleAsync);
        group.MapMethods("/decline", GetAndHead, DeclineEndpoint.ShowAsync);
        group.MapPost("/decline", DeclineEndpoint.SubmitAsync).DisableAntiforgery();
        group.MapMethods("/request", GetAndHead, RequestEndpoint.ShowAsync);
        // Its form takes no PIN that a page of somebody else's would have to know, so that an origin which tells nothing is not enough.
        group.MapPost("/request", RequestEndpoint.SubmitAsync).DisableAntiforgery().AddEndpointFilter(new SameOriginFilter(isForCustomers: true, away: CustomerErrors.StoreAway));
        group.MapMethods("", GetAndHead, PinEndpoint.ShowAsync);
        group.MapPost("", PinEndpoint.SubmitAsync).DisableAntiforgery();
        // After all routes of the host, which may have its own below the same path.
        group.MapMethods("/{**unknown}", GetAndHead, ShowUnknownAsync).WithOrder(int.MaxValue).ExcludeFromDescription();
        return group
            .RefuseOthers("/Code.aspx", GetAndHead)
            .RefuseOthers("/applet/{platform}", GetAndHead)
            .RefuseOthers("/browser", GetAndHead)
            .RefuseOthers("/browser/{version}/{file}", GetAndHead)
            .RefuseOthers("/another-device", GetAndHead)
            .RefuseOthers("/decline", [.. GetAndHead, HttpMethods.Post])
            .RefuseOthers("/request", [.. GetAndHead, HttpMethods.Post])
            .RefuseOthers("", [.. GetAndHead, HttpMethods.Post]);
    }

    private static async ValueTask<IResult> ShowUnknownAsync(HttpContext context)
    {
        var here = await CustomerContext.OfAsync(context).ConfigureAwait(false);
        return CustomerErrors.Invalid(CustomerTexts.For(context.Request, here.Organization), here);
    }
}

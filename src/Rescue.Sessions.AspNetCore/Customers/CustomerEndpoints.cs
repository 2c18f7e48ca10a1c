using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Rescue.Sessions.AspNetCore.Customers.AnotherDevice;
using Rescue.Sessions.AspNetCore.Customers.Browser;
using Rescue.Sessions.AspNetCore.Customers.Declining;
using Rescue.Sessions.AspNetCore.Hosting;
using Rescue.Sessions.AspNetCore.Problems;

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
        group.MapMethods("/Code.aspx", GetAndHead, LandingEndpoint.HandleAsync).Produces(StatusCodes.Status200OK, contentType: "text/html")
            .WithMetadata(new RescueRoute(IsLanding: true));
        group.MapMethods("/applet/{platform}", GetAndHead, DownloadEndpoint.HandleAsync)
            .Produces(StatusCodes.Status200OK, contentType: "application/zip")
            .Produces(StatusCodes.Status206PartialContent, contentType: "application/zip")
            .Produces(StatusCodes.Status304NotModified)
            .Produces(StatusCodes.Status416RangeNotSatisfiable);
        group.MapMethods("/browser", GetAndHead, BrowserEndpoint.HandleAsync).Produces(StatusCodes.Status200OK, contentType: "text/html");
        group.MapMethods("/browser/{version}/{file}", GetAndHead, BrowserScripts.Send).ExcludeFromDescription();
        group.MapMethods("/another-device", GetAndHead, AnotherDeviceEndpoint.HandleAsync).Produces(StatusCodes.Status200OK, contentType: "text/html");
        group.MapMethods("/decline", GetAndHead, DeclineEndpoint.ShowAsync).Produces(StatusCodes.Status200OK, contentType: "text/html");
        group.MapPost("/decline", DeclineEndpoint.SubmitAsync).Produces(StatusCodes.Status200OK, contentType: "text/html").DisableAntiforgery();
        group.MapMethods("/", GetAndHead, PinEndpoint.ShowAsync).Produces(StatusCodes.Status200OK, contentType: "text/html");
        group.MapPost("/", PinEndpoint.SubmitAsync).Produces(StatusCodes.Status303SeeOther).DisableAntiforgery();
        // After all routes of the host, which may have its own below the same path.
        group.MapMethods("/{**unknown}", GetAndHead, ShowUnknownAsync).WithOrder(int.MaxValue).ExcludeFromDescription();
        return group
            .RefuseOthers("/Code.aspx", GetAndHead)
            .RefuseOthers("/applet/{platform}", GetAndHead)
            .RefuseOthers("/browser", GetAndHead)
            .RefuseOthers("/browser/{version}/{file}", GetAndHead)
            .RefuseOthers("/another-device", GetAndHead)
            .RefuseOthers("/decline", [.. GetAndHead, HttpMethods.Post])
            .RefuseOthers("/", [.. GetAndHead, HttpMethods.Post]);
    }

    private static async ValueTask<IResult> ShowUnknownAsync(HttpContext context)
    {
        var here = await CustomerContext.OfAsync(context).ConfigureAwait(false);
        return CustomerErrors.Invalid(CustomerTexts.For(context.Request, here.Organization), here);
    }
}

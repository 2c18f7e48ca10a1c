using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
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
        group.MapMethods("/applet/{platform}", GetAndHead, DownloadEndpoint.HandleAsync).Produces(StatusCodes.Status200OK, contentType: "application/zip");
        group.MapMethods("/", GetAndHead, PinEndpoint.ShowAsync).Produces(StatusCodes.Status200OK, contentType: "text/html");
        group.MapPost("/", PinEndpoint.SubmitAsync).Produces(StatusCodes.Status303SeeOther).DisableAntiforgery();
        return group
            .RefuseOthers("/Code.aspx", GetAndHead)
            .RefuseOthers("/applet/{platform}", GetAndHead)
            .RefuseOthers("/", [.. GetAndHead, HttpMethods.Post]);
    }
}

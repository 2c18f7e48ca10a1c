using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Rescue.Sessions;
using Rescue.Sessions.AspNetCore;
using Rescue.Sessions.AspNetCore.Applets;
using Rescue.Sessions.AspNetCore.Customers;
using Rescue.Sessions.AspNetCore.Guests;
using Rescue.Sessions.AspNetCore.Hosting;
using Rescue.Sessions.AspNetCore.Protection;
using Rescue.Sessions.AspNetCore.Technicians;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the endpoints. Each part can be mapped alone, and each returns a builder for the host's own authorization, limits and CORS.</summary>
public static class RescueSessionsEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps all parts: the technician's, the customer's, the applet's and the guest's. The host's authorization reaches the technician's alone: customers,
    /// their applets and guests have no account and are let through.
    /// </summary>
    /// <param name="endpoints">The host's routes.</param>
    /// <param name="prefix">What every route begins with, such as <c>/support</c>; empty by default. It must be part of the public base address.</param>
    public static IEndpointConventionBuilder MapRescueSessions(this IEndpointRouteBuilder endpoints, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var group = endpoints.MapGroup(prefix);
        group.MapTechnicianSessions();
        group.MapCustomerPages();
        group.MapApplets();
        group.MapGuests();
        return group;
    }

    /// <summary>Maps <c>/rescue</c>: the technician's sessions, their events and the technician's rights.</summary>
    public static RouteGroupBuilder MapTechnicianSessions(this IEndpointRouteBuilder endpoints)
    {
        Require(endpoints);
        return TechnicianEndpoints.Map(endpoints).WithMetadata(new RescueRoute());
    }

    /// <summary>
    /// Maps <c>/Customer</c>: the page a link leads to, the page for a typed PIN, the applet as a download and as a page, and the page for those who did not ask for help.
    /// </summary>
    public static RouteGroupBuilder MapCustomerPages(this IEndpointRouteBuilder endpoints)
    {
        Require(endpoints);
        return CustomerEndpoints.Map(endpoints).WithMetadata(new RescueRoute());
    }

    /// <summary>Maps <c>/applet</c>: what the applet asks and tells.</summary>
    public static RouteGroupBuilder MapApplets(this IEndpointRouteBuilder endpoints)
    {
        Require(endpoints);
        return AppletEndpoints.Map(endpoints).WithMetadata(new RescueRoute());
    }

    /// <summary>Maps <c>/guest</c>: what a guest of a session asks and does. Without it, technicians can invite none.</summary>
    public static RouteGroupBuilder MapGuests(this IEndpointRouteBuilder endpoints)
    {
        Require(endpoints);
        return GuestEndpoints.Map(endpoints).WithMetadata(new RescueRoute());
    }

    private static void Require(IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var registered = endpoints.ServiceProvider.GetRequiredService<IServiceProviderIsService>();
        if (!registered.IsService(typeof(SupportSessions)))
            throw new InvalidOperationException("Call builder.Services.AddRescueSessions(...).AddAspNetCore(...) before the routes are mapped.");
        if (!registered.IsService(typeof(IConfigureOptions<RescueWebOptions>)))
            throw new InvalidOperationException("Call AddRescueSessions(...).AddAspNetCore(...) before the routes are mapped: who the technician is, is not known.");
    }
}

using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Rescue.Sessions.AspNetCore.Customers.Pages;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Visiting;

namespace Rescue.Sessions.AspNetCore.Guests;

/// <summary><c>GET /guest?k=TOKEN</c>: the page that a guest's link leads to. Looking joins nobody.</summary>
internal static class GuestPageEndpoint
{
    [Operation("showGuestPage", "The page that a guest's link leads to.")]
    [Query("k", "The link's token.")]
    [Header("Accept-Language", "The languages that the guest reads.")]
    [Page(StatusCodes.Status200OK, "The page.")]
    [Page(StatusCodes.Status404NotFound, "The link is not valid.")]
    [Page(StatusCodes.Status410Gone, "The visit is over, or the session is.")]
    public static async Task<IResult> HandleAsync(HttpContext context, GuestSessions sessions, IOptions<RescueWebOptions> options)
    {
        var here = await CustomerContext.OfAsync(context).ConfigureAwait(false);
        if (!GuestToken.TryParse(LinkQuery.Read(context.Request.QueryString.Value).Token, out var token))
            return CustomerErrors.Invalid(CustomerTexts.For(context.Request, here.Organization), here);
        switch (await sessions.LookUpAsync(token, context.RequestAborted).ConfigureAwait(false))
        {
            case GuestLookup.Found found:
                return (await PageAsync(found.Session).ConfigureAwait(false)).For(found.Session, found.Guest, token);
            case GuestLookup.BadLink { Session: { } session }:
                return (await PageAsync(session).ConfigureAwait(false)).Over(StatusCodes.Status410Gone);
            case GuestLookup.BadLink:
                return CustomerErrors.Invalid(CustomerTexts.For(context.Request, here.Organization), here);
            default:
                throw new UnreachableException();
        }

        async ValueTask<GuestPage> PageAsync(Session session)
        {
            var its = await CustomerContext.ForAsync(context, here, session).ConfigureAwait(false);
            return new(its, CustomerTexts.For(context.Request, its.Organization), options.Value.Browser.GuestScripts);
        }
    }
}

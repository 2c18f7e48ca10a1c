using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Rescue.Sessions.AspNetCore.Customers.Pages;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Joining;

namespace Rescue.Sessions.AspNetCore.Customers.Browser;

/// <summary>
/// <c>GET /Customer/browser</c>: the applet as a page, for devices on which no program runs. Looking uses nothing up: only a person types the PIN with which it joins.
/// </summary>
internal static class BrowserEndpoint
{
    [Operation("showBrowserPage", "The applet as a page, for devices on which no program runs.")]
    [Query("Code", "The PIN.")]
    [Query("k", "The link's token.")]
    [Header("Accept-Language", "The languages that the customer reads; the session's own is tried after them.")]
    [Page(StatusCodes.Status200OK, "The page.")]
    [Page(StatusCodes.Status403Forbidden, "The technician cannot support phones and tablets.")]
    [Page(StatusCodes.Status404NotFound, "The link is not valid, or browsers do not join here.")]
    [Page(StatusCodes.Status409Conflict, "The link was used.")]
    [Page(StatusCodes.Status410Gone, "The link has expired or was taken back, or the session has ended.")]
    public static async Task<IResult> HandleAsync(HttpContext context, CustomerSessions sessions, IOptions<RescueWebOptions> options)
    {
        var here = await CustomerContext.OfAsync(context).ConfigureAwait(false);
        var texts = CustomerTexts.For(context.Request, here.Organization);
        var query = LinkQuery.Read(context.Request.QueryString.Value);
        if (options.Value.Browser.Offer == BrowserOffer.Never)
            return CustomerErrors.NoBrowser(texts, here, CodeQuery.Of(query));
        var pin = PinCode.TryParse(query.Pin, out var read) ? read : null;
        // Without a token nothing is looked up: an answer would tell whether a guessed PIN is good.
        if (!query.HasToken)
            return query.HasPin && pin is null ? CustomerErrors.Invalid(texts, here) : Page(here, null).ForPin(pin);
        if (!LinkToken.TryParse(query.Token, out var token) || pin is null)
            return CustomerErrors.Invalid(texts, here);
        var platform = CustomerDevice.PlatformOf(context.Request);
        return await LinkLookup.AnswerAsync(
            context,
            here,
            sessions,
            token,
            pin,
            platform,
            (found, _, its) => Page(its, found.Session).ForLink(found, token, pin),
            // It may be this browser that has used the link, before a reload.
            (refused, _, whose) => refused is { Reason: JoinRefusal.AlreadyUsed, Session: { } session } ? Page(whose, session).ForUsedLink(session, token, pin) : null)
            .ConfigureAwait(false);

        BrowserPage Page(CustomerContext surroundings, Session? session) =>
            new(surroundings, CustomerTexts.For(context.Request, surroundings.Organization, session?.Language), options.Value.Browser.Scripts);
    }
}

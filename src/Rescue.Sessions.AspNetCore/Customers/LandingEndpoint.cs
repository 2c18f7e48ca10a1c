using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Rescue.Sessions.AspNetCore.Customers.Pages;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Joining;

namespace Rescue.Sessions.AspNetCore.Customers;

/// <summary><c>GET /Customer/Code.aspx</c>: the page that a link leads to. It offers the applet and uses nothing up.</summary>
internal static class LandingEndpoint
{
    // Whoever was led here once stays, whatever a proxy makes of host names.
    private const string Moved = "moved";

    [Operation("showLandingPage", "The page that a mailed link leads to. It offers the applet and uses nothing up.")]
    [Query("i", "Anything.")]
    [Query("Code", "The PIN.")]
    [Query("k", "The link's token.")]
    [Header("Accept-Language", "The languages that the customer reads; the session's own is tried after them.")]
    [Page(StatusCodes.Status200OK, "The page.")]
    [Answers(StatusCodes.Status302Found, "The organisation has an address of its own.", Headers = ["Location"])]
    [Page(StatusCodes.Status400BadRequest, "The link has no code.")]
    [Page(StatusCodes.Status403Forbidden, "The technician cannot support phones and tablets.")]
    [Page(StatusCodes.Status404NotFound, "The link is not valid.")]
    [Page(StatusCodes.Status409Conflict, "The link was used.")]
    [Page(StatusCodes.Status410Gone, "The link has expired or was taken back, or the session has ended.")]
    public static async Task<IResult> HandleAsync(
        HttpContext context, CustomerSessions sessions, IOptions<RescueWebOptions> options, TimeProvider time)
    {
        var here = await CustomerContext.OfAsync(context).ConfigureAwait(false);
        var texts = CustomerTexts.For(context.Request, here.Organization);
        var query = LinkQuery.Read(context.Request.QueryString.Value);
        if (!query.HasPin)
            return CustomerErrors.Missing(texts, here);
        if (!PinCode.TryParse(query.Pin, out var pin))
            return CustomerErrors.Invalid(texts, here);

        var platform = CustomerDevice.PlatformOf(context.Request);
        // Without a token nothing is looked up: an answer would tell whether a guessed PIN is good.
        if (!query.HasToken)
            return Landing(here).ForPin(texts, pin);
        if (!LinkToken.TryParse(query.Token, out var token))
            return CustomerErrors.Invalid(texts, here);
        return await LinkLookup.AnswerAsync(
            context,
            here,
            sessions,
            token,
            pin,
            platform,
            (found, words, its) => its.IsElsewhere(context) && !context.Request.Query.ContainsKey(Moved)
                ? Elsewhere(context, found.Link)
                : Landing(its).ForLink(words, found),
            (refused, words, whose) => refused.Reason == JoinRefusal.AlreadyUsed && options.Value.Browser.Offer != BrowserOffer.Never
                ? CustomerErrors.Used(refused, words, whose, CodeQuery.Of(pin, token))
                : null).ConfigureAwait(false);

        LandingPage Landing(CustomerContext surroundings) => new(surroundings, options.Value, platform, CustomerDevice.BrowserOf(context.Request), time);
    }

    // To the organisation's own address as it is configured: nothing of the request decides where.
    private static StatusCodeHttpResult Elsewhere(HttpContext context, ConnectionLink link)
    {
        PageResult.ProtectiveHeaders(context.Response);
        context.Response.Headers.Location = $"{link.ToUri().AbsoluteUri}&{Moved}=1";
        return TypedResults.StatusCode(StatusCodes.Status302Found);
    }
}

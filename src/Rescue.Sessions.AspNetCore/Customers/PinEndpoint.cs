using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Rescue.Sessions.AspNetCore.Customers.Pages;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.AspNetCore.Html;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Guessing;
using Rescue.Sessions.Joining;

namespace Rescue.Sessions.AspNetCore.Customers;

/// <summary><c>/Customer</c>: the page for a PIN that was read out. A right one leads to the landing page and uses nothing up.</summary>
internal static class PinEndpoint
{
    [Operation("showPinPage", "The page for a PIN that was read out.")]
    [Header("Accept-Language", "The languages that the customer reads; the session's own is tried after them.")]
    [Page(StatusCodes.Status200OK, "The page.")]
    public static async ValueTask<IResult> ShowAsync(HttpContext context, CustomerRequests requests)
    {
        var here = await CustomerContext.OfAsync(context).ConfigureAwait(false);
        return Page(CustomerTexts.For(context.Request, here.Organization), here, null, StatusCodes.Status200OK, requests.FindRule(here.Tenant) is not null);
    }

    [Operation("enterPin", "A right PIN leads to the landing page, and uses nothing up.")]
    [Header("Accept-Language", "The languages that the customer reads; the session's own is tried after them.")]
    [TakesForm("Code", "The PIN, as it was typed.")]
    [Page(StatusCodes.Status200OK, "The way to an organisation that has an address of its own.")]
    [Answers(StatusCodes.Status303SeeOther, "The landing page.", Headers = ["Location"])]
    [Page(StatusCodes.Status404NotFound, "The PIN is not valid; whatever is wrong with it, always the same.")]
    [Page(StatusCodes.Status413PayloadTooLarge, "The form is too long.")]
    [Page(StatusCodes.Status429TooManyRequests, "PINs are not accepted for a while.", Headers = ["Content-Language", "Retry-After"])]
    [Refuses(StatusCodes.Status403Forbidden, ProblemCode.ForeignOrigin)]
    public static async Task<IResult> SubmitAsync(HttpContext context, CustomerSessions sessions, IOptions<RescueWebOptions> options, TimeProvider time)
    {
        var here = await CustomerContext.OfAsync(context).ConfigureAwait(false);
        var texts = CustomerTexts.For(context.Request, here.Organization);
        if (PinForm.IsTooLarge(context.Request))
            return Page(texts, here, "PinWrong", StatusCodes.Status413PayloadTooLarge);
        // What is no PIN gets the answer of a wrong one, so that the answer tells nothing.
        if (!PinCode.TryParse(await PinForm.ReadAsync(context).ConfigureAwait(false), out var pin))
            return Page(texts, here, "PinWrong", StatusCodes.Status404NotFound);

        var attempt = new PinAttempt(pin, context.Connection.RemoteIpAddress, here.Tenant);
        switch (await sessions.LookUpAsync(attempt, context.RequestAborted).ConfigureAwait(false))
        {
            case CodeLookup.Found found:
                var its = await CustomerContext.ForAsync(context, here, found.Session).ConfigureAwait(false);
                if (its.IsElsewhere(context))
                {
                    var landing = new LandingPage(its, options.Value, null, null, time);
                    return landing.ForElsewhere(CustomerTexts.For(context.Request, its.Organization, found.Session.Language), found);
                }

                PageResult.ProtectiveHeaders(context.Response);
                context.Response.Headers.Location = found.Link.ToUri().PathAndQuery;
                return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
            case CodeLookup.Refused refused:
                ProblemResults.RetryAfter(context, refused.Reason.RetryAfter);
                return Page(texts, here, "PinTooMany", StatusCodes.Status429TooManyRequests);
            case CodeLookup.BadCode:
                return Page(texts, here, "PinWrong", StatusCodes.Status404NotFound);
            default:
                throw new UnreachableException();
        }
    }

    private static PageResult Page(CustomerTexts texts, CustomerContext context, string? alert, int statusCode, bool offersRequests = false) => new(
        texts,
        context.Organization,
        texts["PinHeading"],
        HtmlFragment.Of(
            $"""
            <p>{texts["PinIntro"]}</p>
            {PinForm.Of(texts, context.PinPage, texts["PinButton"], alert is null ? null : texts[alert])}
            {(offersRequests ? HtmlFragment.Of($"""<p class="soft"><a href="{context.Request}">{texts["Request_NoPin"]}</a></p>""") : HtmlFragment.Empty)}
            """),
        statusCode);
}

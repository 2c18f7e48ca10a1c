using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Asking;
using Rescue.Sessions.AspNetCore.Customers.Pages;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.AspNetCore.Protection;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Email;
using Rescue.Sessions.Joining;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.AspNetCore.Customers;

/// <summary>
/// <c>/Customer/request</c>: a customer asks for help without an invitation, where the tenant whose host name the page has offers that. Looking makes nothing;
/// the filled-in form makes a session, and its customer goes where a link leads.
/// </summary>
internal static class RequestEndpoint
{
    // The page that joins does so at once where its address ends in this, which no request carries: whoever fetches addresses afterwards joins nothing.
    private const string JoinAtOnce = "#join";

    private const string Details = "Only where the option `Requests.IsEnabled` is on for the organisation whose host name the request was sent to.";

    [Operation("showRequestPage", "The page by which a customer asks for help.", Details = Details)]
    [Header("Accept-Language", "The languages that the customer reads; the organisation's own is tried after them.")]
    [Page(StatusCodes.Status200OK, "The page.")]
    [Page(StatusCodes.Status404NotFound, "Customers cannot ask for help themselves here.")]
    public static async ValueTask<IResult> ShowAsync(HttpContext context, CustomerRequests requests)
    {
        var here = await CustomerContext.OfAsync(context).ConfigureAwait(false);
        var texts = CustomerTexts.For(context.Request, here.Organization);
        if (requests.FindRule(here.Tenant) is { } rule)
            return new RequestPage(texts, here, rule).Of(new());
        if (!here.MayBeAnothers)
            return CustomerErrors.Invalid(texts, here);
        ProblemResults.RetryAfter(context, RouteGroupBuilderExtensions.Outage);
        return CustomerErrors.StoreAway(context);
    }

    [Operation("askForHelp", "A customer asks for help: a session is made, whose link the answer leads to.", Details = Details)]
    [Header("Accept-Language", "The languages that the customer reads; the organisation's own is tried after them.")]
    [TakesForm("name", "The customer's name.")]
    [TakesForm("topic", "What they need help with.")]
    [TakesForm("email", "Their email address, where they are asked for one.", IsOptional = true)]
    [TakesForm("reference", "Their reference, where they are asked for one.", IsOptional = true)]
    [TakesForm("form", "What the page has named itself, so that sending it again makes nothing more.", IsOptional = true)]
    [Page(StatusCodes.Status200OK, "The way to an organisation that has an address of its own.")]
    [Answers(StatusCodes.Status303SeeOther, "The session's own page: the one that joins in the browser, or the one that offers the program.", Headers = ["Location"])]
    [Page(StatusCodes.Status400BadRequest, "What was filled in does not do; nothing was made.")]
    [Page(StatusCodes.Status404NotFound, "Customers cannot ask for help themselves here.")]
    [Page(StatusCodes.Status409Conflict, "The same form has made a session before, which was joined.")]
    [Page(StatusCodes.Status413PayloadTooLarge, "The form is too long.")]
    [Page(StatusCodes.Status429TooManyRequests, "Help was asked for too often of late.", Headers = ["Content-Language", "Retry-After"])]
    [Refuses(StatusCodes.Status403Forbidden, ProblemCode.ForeignOrigin)]
    public static async Task<IResult> SubmitAsync(HttpContext context, CustomerRequests requests, IOptions<RescueWebOptions> options, TimeProvider time)
    {
        var here = await CustomerContext.OfAsync(context).ConfigureAwait(false);
        var texts = CustomerTexts.For(context.Request, here.Organization);
        if (here.MayBeAnothers)
        {
            // Filed with the product's own it would be with the wrong people, and once more when the same form is sent again.
            var sent = RequestForm.IsTooLarge(context.Request) ? new() : await RequestForm.ReadAsync(context).ConfigureAwait(false);
            return Away(context, new(texts, here, sent.Rule), sent);
        }

        if (requests.FindRule(here.Tenant) is not { } rule)
            return CustomerErrors.Invalid(texts, here);
        var page = new RequestPage(texts, here, rule);
        if (RequestForm.IsTooLarge(context.Request))
            return page.Refused(new(), "Request_Wrong", StatusCodes.Status413PayloadTooLarge);
        var form = await RequestForm.ReadAsync(context).ConfigureAwait(false);
        var isAddress = EmailAddress.TryParse(form.Email, out var email);
        var request = new NewCustomerRequest(here.Tenant, form.Name, form.Topic)
        {
            Email = email?.Address ?? form.Email, Reference = form.Reference, Language = texts.Language, Address = context.Connection.RemoteIpAddress, Form = form.Id,
        };
        if (rule.Email != RequestField.Hidden && !isAddress && !string.IsNullOrWhiteSpace(form.Email))
            return page.Wrong(form, [.. requests.Validate(request), new("email", "This is no email address.")]);

        AskResult result;
        try
        {
            result = await requests.AskAsync(request, context.RequestAborted).ConfigureAwait(false);
        }
        catch (SessionStoreException failure)
        {
            // It may have been stored: the same form, sent again, finds it.
            ProblemLog.Of(context).StoreFailed(failure);
            return Away(context, page, form);
        }

        switch (result)
        {
            case AskResult.Asked { Link: { } link } asked:
                return here.IsElsewhere(context)
                    ? new LandingPage(here, options.Value, null, null, time).ForElsewhere(texts, new CodeLookup.Found(asked.Session, link))
                    : SeeOther(context, PlaceOf(context, here, options.Value, link));
            case AskResult.Asked:
                return CustomerErrors.Asked(texts, here);
            case AskResult.Refused(Refusal.Invalid invalid):
                return page.Wrong(form, invalid.Problems);
            case AskResult.Refused(Refusal.TooMany many):
                ProblemResults.RetryAfter(context, many.RetryAfter);
                return page.Refused(form, "Request_TooMany", StatusCodes.Status429TooManyRequests);
            case AskResult.NotOffered:
                return CustomerErrors.Invalid(texts, here);
            default:
                throw new UnreachableException();
        }
    }

    private static PageResult Away(HttpContext context, RequestPage page, RequestForm form)
    {
        ProblemResults.RetryAfter(context, RouteGroupBuilderExtensions.Outage);
        return page.Refused(form, "Request_Away", StatusCodes.Status503ServiceUnavailable);
    }

    // Where there is no program for the device, or the browser is for everybody, the customer waits in it at once.
    private static string PlaceOf(HttpContext context, CustomerContext here, RescueWebOptions options, ConnectionLink link)
    {
        var address = link.ToUri();
        var waitsInBrowser = options.Browser.Offer switch
        {
            BrowserOffer.Never => false,
            BrowserOffer.Always => true,
            _ => options.Applets.Count == 0 || (CustomerDevice.PlatformOf(context.Request) is { } platform && !options.Applets.ContainsKey(platform)),
        };
        return waitsInBrowser ? $"{here.Browser}{address.Query}{JoinAtOnce}" : address.PathAndQuery;
    }

    private static StatusCodeHttpResult SeeOther(HttpContext context, string place)
    {
        PageResult.ProtectiveHeaders(context.Response);
        context.Response.Headers.Location = place;
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }
}

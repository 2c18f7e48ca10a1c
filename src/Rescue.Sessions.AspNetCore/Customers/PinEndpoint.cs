using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Rescue.Sessions.AspNetCore.Customers.Html;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Joining;

namespace Rescue.Sessions.AspNetCore.Customers;

/// <summary><c>/Customer</c>: the page for a PIN that was read out. A right one leads to the landing page and uses nothing up.</summary>
internal static class PinEndpoint
{
    private const int MaxBody = 4096;

    public static async ValueTask<IResult> ShowAsync(HttpContext context)
    {
        var here = await CustomerContext.OfAsync(context).ConfigureAwait(false);
        return Page(CustomerTexts.For(context.Request, here.Organization), here, null, StatusCodes.Status200OK);
    }

    public static async Task<IResult> SubmitAsync(HttpContext context, CustomerSessions sessions, IOptions<RescueWebOptions> options, TimeProvider time)
    {
        var here = await CustomerContext.OfAsync(context).ConfigureAwait(false);
        var texts = CustomerTexts.For(context.Request, here.Organization);
        if (context.Request.ContentLength > MaxBody)
            return Page(texts, here, "PinWrong", StatusCodes.Status413PayloadTooLarge);
        // What is no PIN gets the answer of a wrong one, so that the answer tells nothing.
        if (!PinCode.TryParse(await ReadAsync(context).ConfigureAwait(false), out var pin))
            return Page(texts, here, "PinWrong", StatusCodes.Status404NotFound);

        var attempt = new PinAttempt(pin, context.Connection.RemoteIpAddress, here.Door);
        switch (await sessions.LookUpAsync(attempt, context.RequestAborted).ConfigureAwait(false))
        {
            case CodeLookup.Found found:
                var its = await CustomerContext.ForAsync(context, here, found.Session).ConfigureAwait(false);
                if (its.IsElsewhere(context))
                {
                    var landing = new LandingPage(its, options.Value.Applets.Keys, null, time);
                    return landing.ForElsewhere(CustomerTexts.For(context.Request, its.Organization, found.Session.Language), found);
                }

                CustomerPage.ProtectiveHeaders(context.Response);
                context.Response.Headers.Location = found.Link.ToUri().PathAndQuery;
                return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
            case CodeLookup.TooManyGuesses many:
                ProblemResults.RetryAfter(context, many.RetryAfter);
                return Page(texts, here, "PinTooMany", StatusCodes.Status429TooManyRequests);
            case CodeLookup.Refused:
                return Page(texts, here, "PinWrong", StatusCodes.Status404NotFound);
            default:
                throw new UnreachableException();
        }
    }

    // The page posts one short field. The framework's own reader takes files and megabytes from anybody, so it is not used.
    private static async Task<string?> ReadAsync(HttpContext context)
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            || !type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var reader = new FormPipeReader(context.Request.BodyReader) { ValueCountLimit = 8, KeyLengthLimit = 64, ValueLengthLimit = 256 };
        try
        {
            var form = await reader.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
            return form.GetValueOrDefault("Code");
        }
        catch (Exception failure) when (failure is InvalidDataException or BadHttpRequestException)
        {
            // A form that cannot be read holds no PIN.
            return null;
        }
    }

    private static CustomerPage Page(CustomerTexts texts, CustomerContext context, string? alert, int statusCode)
    {
        var message = alert is null ? HtmlFragment.Empty : HtmlFragment.Of($"""<p class="alert" role="alert">{texts[alert]}</p>""");
        return new(
            texts,
            context.Organization,
            texts["PinHeading"],
            HtmlFragment.Of(
                $"""
                <p>{texts["PinIntro"]}</p>
                {message}
                <form method="post" action="{context.PinPage}">
                <label for="Code">{texts["PinLabel"]}</label>
                <input id="Code" name="Code" type="text" dir="ltr" inputmode="numeric" autocomplete="one-time-code" maxlength="64" required autofocus>
                <button class="button" type="submit">{texts["PinButton"]}</button>
                </form>
                """),
            statusCode);
    }
}

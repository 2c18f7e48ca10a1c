using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Customers.Pages;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Guessing;
using Rescue.Sessions.Joining;

namespace Rescue.Sessions.AspNetCore.Customers.Declining;

/// <summary>
/// <c>/Customer/decline</c>: for customers who did not ask for help. Looking changes nothing; the typed PIN ends the session, since scanners press buttons.
/// </summary>
internal static class DeclineEndpoint
{
    [Operation("showDeclinePage", "The page for customers who did not ask for help.")]
    [Query("Code", "The PIN.")]
    [Query("k", "The link's token.")]
    [Header("Accept-Language", "The languages that the customer reads; the session's own is tried after them.")]
    [Page(StatusCodes.Status200OK, "The page.")]
    [Page(StatusCodes.Status404NotFound, "The link is not valid.")]
    [Page(StatusCodes.Status409Conflict, "The link was used.")]
    [Page(StatusCodes.Status410Gone, "The link has expired or was taken back, or the session has ended.")]
    public static async Task<IResult> ShowAsync(HttpContext context, CustomerSessions sessions)
    {
        var here = await CustomerContext.OfAsync(context).ConfigureAwait(false);
        var query = LinkQuery.Read(context.Request.QueryString.Value);
        var page = new DeclinePage(here, query);
        if (page.Token is null || page.Pin is null)
            return page.Ask(CustomerTexts.For(context.Request, here.Organization));
        return await LinkLookup.AnswerAsync(
            context, here, sessions, page.Token, page.Pin, platform: null, (found, words, its) => new DeclinePage(its, query).Ask(words, found.Session))
            .ConfigureAwait(false);
    }

    [Operation("declineHelp", "The customer did not ask for help: the typed PIN ends its session as declined.")]
    [Query("Code", "The PIN.")]
    [Query("k", "The link's token.")]
    [Header("Accept-Language", "The languages that the customer reads; the session's own is tried after them.")]
    [TakesForm("Code", "The PIN, as it was typed.")]
    [Page(StatusCodes.Status200OK, "The session has ended.")]
    [Page(StatusCodes.Status404NotFound, "The PIN is not valid; whatever is wrong with it, always the same.")]
    [Page(StatusCodes.Status409Conflict, "The session is under way.")]
    [Page(StatusCodes.Status410Gone, "The link has expired or was taken back, or the session has ended.")]
    [Page(StatusCodes.Status413PayloadTooLarge, "The form is too long.")]
    [Page(StatusCodes.Status429TooManyRequests, "PINs are not accepted for a while.", Headers = ["Content-Language", "Retry-After"])]
    [Refuses(StatusCodes.Status403Forbidden, ProblemCode.ForeignOrigin)]
    public static async Task<IResult> SubmitAsync(HttpContext context, CustomerSessions sessions)
    {
        var here = await CustomerContext.OfAsync(context).ConfigureAwait(false);
        var query = LinkQuery.Read(context.Request.QueryString.Value);
        var page = new DeclinePage(here, query);
        // Whatever is answered is said as the page with the form was: by whoever the link is from.
        var link = page.Token is null || page.Pin is null
            ? null
            : await sessions.LookUpAsync(page.Token, page.Pin, platform: null, context.RequestAborted).ConfigureAwait(false);
        var session = SessionOf(link);
        var its = await CustomerContext.ForAsync(context, here, session).ConfigureAwait(false);
        var texts = CustomerTexts.For(context.Request, its.Organization, session?.Language);
        page = new DeclinePage(its, query);
        if (PinForm.IsTooLarge(context.Request))
            return page.AskAgain(texts, "PinWrong", StatusCodes.Status413PayloadTooLarge);
        // What is no PIN gets the answer of a wrong one, so that the answer tells nothing.
        if (!PinCode.TryParse(await PinForm.ReadAsync(context).ConfigureAwait(false), out var pin))
            return page.AskAgain(texts, "PinWrong", StatusCodes.Status404NotFound);

        // Whoever has the link may be told what has become of it. Any other PIN is looked at as typed ones are, within their limits.
        if (page.Token is not null && pin.Equals(page.Pin))
        {
            switch (await sessions.DeclineAsync(page.Token, pin, context.RequestAborted).ConfigureAwait(false))
            {
                case DeclineResult.Declined:
                    return page.Done(texts);
                case DeclineResult.BadCode { Reason: not JoinRefusal.Invalid } refused:
                    var bad = new CodeLookup.BadCode(refused.Reason, refused.Session ?? session) { HasNewerInvitation = link!.HasNewerInvitation };
                    return CustomerErrors.For(bad, texts, its, CodeQuery.Of(page.Pin, page.Token));
            }
        }

        var attempt = new PinAttempt(pin, context.Connection.RemoteIpAddress, here.Tenant);
        switch (await sessions.DeclineAsync(attempt, context.RequestAborted).ConfigureAwait(false))
        {
            case DeclineResult.Declined { Session: var ended }:
                var whose = await CustomerContext.ForAsync(context, here, ended).ConfigureAwait(false);
                return new DeclinePage(whose, query).Done(CustomerTexts.For(context.Request, whose.Organization, ended.Language));
            case DeclineResult.Refused refused:
                ProblemResults.RetryAfter(context, refused.Reason.RetryAfter);
                return page.AskAgain(texts, "PinTooMany", StatusCodes.Status429TooManyRequests);
            case DeclineResult.BadCode:
                return page.AskAgain(texts, "PinWrong", StatusCodes.Status404NotFound);
            default:
                throw new UnreachableException();
        }
    }

    private static Session? SessionOf(CodeLookup? link) => link switch
    {
        CodeLookup.Found found => found.Session,
        CodeLookup.BadCode bad => bad.Session,
        _ => null,
    };
}

using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Customers.Html;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.Joining;

namespace Rescue.Sessions.AspNetCore.Customers;

/// <summary>The pages that say why a link leads nowhere, and what to do.</summary>
internal static class CustomerErrors
{
    public static CustomerPage Missing(CustomerTexts texts, CustomerContext context) => Page(texts, context, "missing", StatusCodes.Status400BadRequest);

    public static CustomerPage NoBrowser(CustomerTexts texts, CustomerContext context) => Page(texts, context, "browser", StatusCodes.Status404NotFound);

    public static CustomerPage Platform(CustomerTexts texts, CustomerContext context) => Page(texts, context, "platform", StatusCodes.Status404NotFound);

    /// <summary>The store has failed, which says nothing about the customer's link or PIN.</summary>
    public static CustomerPage StoreAway(HttpContext context)
    {
        ProblemResults.RetryAfter(context, StoreFailureFilter.RetryAfter);
        var surroundings = CustomerContext.Configured(context);
        return Page(CustomerTexts.For(context.Request, surroundings.Organization), surroundings, "away", StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>The link was used, perhaps in the very browser that has it opened again.</summary>
    public static CustomerPage Used(CodeLookup.Refused refused, CustomerTexts texts, CustomerContext context, string query)
    {
        var goOn = HtmlFragment.Of($"""<p><a class="button" href="{context.Browser}{query}">{texts["BrowserGoOn"]}</a></p>""");
        return Page(texts, context, "used", StatusCodes.Status409Conflict, refused.HasNewerInvitation, goOn);
    }

    public static CustomerPage For(CodeLookup.Refused refused, CustomerTexts texts, CustomerContext context) =>
        For(refused.Reason, texts, context, refused.HasNewerInvitation);

    public static CustomerPage For(JoinRefusal refusal, CustomerTexts texts, CustomerContext context, bool hasNewer = false) => refusal switch
    {
        JoinRefusal.Expired => Page(texts, context, "expired", StatusCodes.Status410Gone, hasNewer),
        JoinRefusal.Revoked => Page(texts, context, "revoked", StatusCodes.Status410Gone, hasNewer),
        JoinRefusal.Ended => Page(texts, context, "ended", StatusCodes.Status410Gone, hasNewer),
        JoinRefusal.MobileNotCovered => Page(texts, context, "mobile", StatusCodes.Status403Forbidden, hasNewer),
        JoinRefusal.AlreadyUsed => Page(texts, context, "used", StatusCodes.Status409Conflict, hasNewer),
        _ => Page(texts, context, "invalid", StatusCodes.Status404NotFound, hasNewer),
    };

    private static CustomerPage Page(CustomerTexts texts, CustomerContext context, string kind, int statusCode, bool hasNewer = false, HtmlFragment? goOn = null) => new(
        texts,
        context.Organization,
        texts[$"Error_{kind}_Title"],
        HtmlFragment.Of(
            $"""
            <p>{texts[$"Error_{kind}_Text"]}</p>
            {Newer(texts, hasNewer)}
            {goOn ?? HtmlFragment.Empty}
            <p><a href="{context.PinPage}">{texts["PinInstead"]}</a></p>
            """),
        statusCode);

    /// <summary>Says that the customer has a later message; empty where there is none.</summary>
    public static HtmlFragment Newer(CustomerTexts texts, bool hasNewer) =>
        hasNewer ? HtmlFragment.Of($"""<p class="alert" role="note">{texts["NewerInvitation"]}</p>""") : HtmlFragment.Empty;
}

using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Html;
using Rescue.Sessions.Joining;
using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.AspNetCore.Customers.Pages;

/// <summary>The pages that say why a link leads nowhere, and what to do: each leads on to something that can help.</summary>
internal static class CustomerErrors
{
    public static PageResult Missing(CustomerTexts texts, CustomerContext context) =>
        Page(texts, context, "missing", StatusCodes.Status400BadRequest, TypePin(texts, context));

    public static PageResult NoBrowser(CustomerTexts texts, CustomerContext context, string query) =>
        Page(texts, context, "browser", StatusCodes.Status404NotFound, Landing(texts, context, query));

    public static PageResult Platform(CustomerTexts texts, CustomerContext context, string query) =>
        Page(texts, context, "platform", StatusCodes.Status404NotFound, Landing(texts, context, query));

    /// <summary>The store has failed, which says nothing about the customer's link or PIN.</summary>
    public static PageResult StoreAway(HttpContext context)
    {
        var surroundings = CustomerContext.Configured(context);
        var texts = CustomerTexts.For(context.Request, surroundings.Organization);
        var again = HtmlFragment.Of($"""<p><a class="button" href="">{texts["Browser_TryAgain"]}</a></p>""");
        return Page(texts, surroundings, "away", StatusCodes.Status503ServiceUnavailable, again);
    }

    /// <summary>The link was used, perhaps in the very browser that has it opened again.</summary>
    public static PageResult Used(CodeLookup.BadCode refused, CustomerTexts texts, CustomerContext context, string query)
    {
        var goOn = HtmlFragment.Of($"""<p><a class="button" href="{context.Browser}{query}">{texts["BrowserGoOn"]}</a></p>""");
        return Page(texts, context, "used", StatusCodes.Status409Conflict, HtmlFragment.Concat([goOn, Ask(refused, texts, context)]), refused);
    }

    /// <summary>The same form has asked for help before, and its session was joined.</summary>
    public static PageResult Asked(CustomerTexts texts, CustomerContext context) => Page(texts, context, "used", StatusCodes.Status409Conflict, HtmlFragment.Empty);

    /// <summary>For a link that cannot be redeemed.</summary>
    /// <param name="refused">Why, and whose it is where its token proves that.</param>
    /// <param name="texts">The customer's language.</param>
    /// <param name="context">Whose page it is.</param>
    /// <param name="query">The link's query.</param>
    public static PageResult For(CodeLookup.BadCode refused, CustomerTexts texts, CustomerContext context, string query) => refused.Reason switch
    {
        JoinRefusal.Expired or JoinRefusal.Revoked or JoinRefusal.NoTechnician or JoinRefusal.Ended when refused.Session is { Request: not null } asked => Over(texts, context, asked),
        JoinRefusal.Expired => Page(texts, context, "expired", StatusCodes.Status410Gone, Ask(refused, texts, context), refused),
        JoinRefusal.Revoked => Page(texts, context, "revoked", StatusCodes.Status410Gone, Ask(refused, texts, context), refused),
        JoinRefusal.NoTechnician => Nobody(refused with { Session = refused.Session is { } left ? left with { CreatedBy = null } : null }, texts, context),
        JoinRefusal.Ended => Page(texts, context, "ended", StatusCodes.Status410Gone, Ask(refused, texts, context), refused),
        JoinRefusal.AlreadyUsed => Page(texts, context, "used", StatusCodes.Status409Conflict, Ask(refused, texts, context), refused),
        JoinRefusal.MobileNotCovered => Page(
            texts, context, "mobile", StatusCodes.Status403Forbidden, HtmlFragment.Concat([AnotherDevice(texts, context, query), Ask(refused, texts, context)]), refused),
        _ => Invalid(texts, context),
    };

    // Who made it may be gone: the organisation is asked.
    private static PageResult Nobody(CodeLookup.BadCode refused, CustomerTexts texts, CustomerContext context) =>
        Page(texts, context, "technician", StatusCodes.Status410Gone, Ask(refused, texts, context), refused);

    // Nobody has made it whom its customer could ask for another; they can ask for help once more.
    private static PageResult Over(CustomerTexts texts, CustomerContext context, Session asked) => new(
        texts,
        context.Organization,
        texts["Request_Over_Title"],
        HtmlFragment.Of(
            $"""
            <p>{texts[asked.End == SessionEnd.WaitingTimedOut ? "Browser_End_waited" : "Browser_End_other"]}</p>
            <p><a class="button" href="{context.Request}">{texts["Request_Again"]}</a></p>
            """),
        StatusCodes.Status410Gone);

    /// <summary>For a link that is none, or whose parts do not belong together: nothing is told of any session.</summary>
    public static PageResult Invalid(CustomerTexts texts, CustomerContext context) => Page(
        texts, context, "invalid", StatusCodes.Status404NotFound, HtmlFragment.Concat([TypePin(texts, context), AskForLink.Of(texts, context.Organization, null)]));

    /// <summary>Says that the customer has a later message; empty where there is none.</summary>
    public static HtmlFragment Newer(CustomerTexts texts, bool hasNewer) =>
        hasNewer ? HtmlFragment.Of($"""<p class="alert" role="note">{texts["NewerInvitation"]}</p>""") : HtmlFragment.Empty;

    private static PageResult Page(
        CustomerTexts texts, CustomerContext context, string kind, int statusCode, HtmlFragment next, CodeLookup.BadCode? refused = null) => new(
        texts,
        context.Organization,
        texts[$"Error_{kind}_Title"],
        HtmlFragment.Of(
            $"""
            <p>{texts.Refusal($"Error_{kind}_Text", context.Organization)}</p>
            {By(texts, context, refused?.Session)}
            {Newer(texts, refused?.HasNewerInvitation == true)}
            {next}
            """),
        statusCode);

    private static HtmlFragment By(CustomerTexts texts, CustomerContext context, Session? session) => session?.CreatedBy is not { } maker
        ? HtmlFragment.Empty
        : HtmlFragment.Of($"""<p>{texts.Format("Error_By", maker.Name, context.Organization.Name)}</p>""");

    private static HtmlFragment TypePin(CustomerTexts texts, CustomerContext context) =>
        HtmlFragment.Of($"""<p><a href="{context.PinPage}">{texts["PinInstead"]}</a></p>""");

    private static HtmlFragment Landing(CustomerTexts texts, CustomerContext context, string query) => query.Length == 0
        ? TypePin(texts, context)
        : HtmlFragment.Of($"""<p><a class="button" href="{context.Landing}{query}">{texts["BackToLink"]}</a></p>""");

    private static HtmlFragment AnotherDevice(CustomerTexts texts, CustomerContext context, string query) =>
        HtmlFragment.Of($"""<p><a class="button" href="{context.AnotherDevice}{query}">{texts["AnotherDevice"]}</a></p>""");

    // Whoever has a newer message needs no other.
    private static HtmlFragment Ask(CodeLookup.BadCode refused, CustomerTexts texts, CustomerContext context) =>
        refused.HasNewerInvitation ? HtmlFragment.Empty : AskForLink.Of(texts, context.Organization, refused.Session);
}

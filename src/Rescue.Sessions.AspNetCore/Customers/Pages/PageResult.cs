using System.Text;
using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Html;
using Rescue.Sessions.Organizations;

namespace Rescue.Sessions.AspNetCore.Customers.Pages;

/// <summary>
/// Writes a page for the customer, the frame that all have and its own content: no script but those it names, no third party's asset, nothing kept by caches, nothing told to other sites.
/// </summary>
internal sealed class PageResult(
    CustomerTexts texts, Organization organization, string heading, HtmlFragment content, int statusCode = StatusCodes.Status200OK)
    : IResult
{
    private readonly OrganizationLook look = OrganizationLook.Of(organization);

    /// <summary>What a page with scripts has besides; null for one without.</summary>
    public PageScripts? Scripts { get; init; }

    /// <summary>The title's beginning, by which a customer tells windows apart; null for the heading. Browsers keep it, so it names no customer.</summary>
    public string? Title { get; init; }

    /// <summary>What the page needs beyond the style that all share; null for nothing.</summary>
    public PageStyle? Style { get; init; }

    /// <summary>Whether the page says itself how the organisation can be checked.</summary>
    public bool SaysHowToCheck { get; init; }

    /// <summary>Whether its reader may be somebody who did not ask for help, and is told that closing the page is enough.</summary>
    public bool MayBeUnasked { get; init; } = true;

    /// <summary>
    /// Whether the browser may tell this host alone from which page a request comes: for a form that needs no secret, whose origin has to be known. The page's
    /// address must then be none.
    /// </summary>
    public bool TellsItsOrigin { get; init; }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var response = httpContext.Response;
        response.StatusCode = statusCode;
        response.ContentType = "text/html; charset=utf-8";
        ProtectiveHeaders(response);
        if (TellsItsOrigin)
            response.Headers["Referrer-Policy"] = "same-origin";
        // A page with scripts says itself where images may come from.
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src{PageStyle.Shared.Source}{Style?.Source}{look.StyleSource}; {(Scripts is null ? look.ImageSource : "")}form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
            + Scripts?.Policy;
        response.Headers.ContentLanguage = texts.Language;
        response.Headers.Vary = "Accept-Language, User-Agent, Sec-CH-UA-Platform";
        var page = Encoding.UTF8.GetBytes(Markup().Markup);
        response.ContentLength = page.Length;
        if (!HttpMethods.IsHead(httpContext.Request.Method))
            await response.Body.WriteAsync(page, httpContext.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>What every answer on the customer's routes says: the address is a secret, and the answer is for this request alone.</summary>
    public static void ProtectiveHeaders(HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["X-Robots-Tag"] = "noindex, nofollow";
    }

    private HtmlFragment Markup() => HtmlFragment.Of(
        $"""
        <!DOCTYPE html>
        <html lang="{texts.Language}" dir="{texts.Direction}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>{Title ?? heading} – {organization.Name}</title>
        {PageStyle.Shared.Element}{Style?.Element ?? HtmlFragment.Empty}{look.Style}
        {Scripts?.Head ?? HtmlFragment.Empty}
        </head>
        <body>
        <header>{look.Logo}<bdi>{organization.Name}</bdi></header>
        <main{Scripts?.MainAttributes ?? HtmlFragment.Empty}>
        <h1>{heading}</h1>
        {content}
        </main>
        <footer>{Footer()}</footer>
        </body>
        </html>

        """);

    private HtmlFragment Footer()
    {
        var wording = texts.Of(organization.Wording) is { } own ? HtmlFragment.Of($"""<p dir="auto">{own}</p>""") : HtmlFragment.Empty;
        var check = !SaysHowToCheck && look.Check is { } ways ? HtmlFragment.Of($"""<p>{texts["Check"]} {ways}</p>""") : HtmlFragment.Empty;
        var safety = MayBeUnasked ? HtmlFragment.Of($"""<p id="safety">{texts["Safety"]}</p>""") : HtmlFragment.Empty;
        return HtmlFragment.Of($"{wording}{safety}{check}");
    }
}

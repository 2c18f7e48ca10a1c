using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Customers.Html;

namespace Rescue.Sessions.AspNetCore.Customers;

/// <summary>
/// A page for the customer: no script, no third party's asset, nothing kept by caches, nothing told to other sites.
/// </summary>
internal sealed class CustomerPage(CustomerTexts texts, string organization, string heading, HtmlFragment content, int statusCode = StatusCodes.Status200OK)
    : IResult
{
    private static readonly string Style = ReadStyle();

    // The style is part of the page, named by its hash (CSP level 3, section 2.3.1), so that no other one is applied.
    private static readonly string ContentSecurityPolicy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var response = httpContext.Response;
        response.StatusCode = statusCode;
        response.ContentType = "text/html; charset=utf-8";
        ProtectiveHeaders(response);
        response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
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
        <html lang="{texts.Language}" dir="{(texts.Culture.TextInfo.IsRightToLeft ? "rtl" : "ltr")}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>{texts.Format("TitleBy", organization)}</title>
        <style>{new HtmlFragment(Style)}</style>
        </head>
        <body>
        <header><bdi>{organization}</bdi></header>
        <main>
        <h1>{heading}</h1>
        {content}
        </main>
        <footer>{texts["Safety"]}</footer>
        </body>
        </html>

        """);

    private static string ReadStyle()
    {
        using var stream = typeof(CustomerPage).Assembly.GetManifestResourceStream(typeof(CustomerPage), "CustomerPage.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

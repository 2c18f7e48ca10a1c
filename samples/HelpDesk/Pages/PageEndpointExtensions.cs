namespace HelpDesk.Pages;

internal static class PageEndpointExtensions
{
    /// <summary>Headers for what people look at: never stored, never framed, no referrer for other hosts, and the given content security policy.</summary>
    public static TBuilder WithPageSecurity<TBuilder>(this TBuilder builder, string contentSecurityPolicy = ContentSecurityPolicy.Page)
        where TBuilder : IEndpointConventionBuilder =>
        builder.AddEndpointFilter(async (context, next) =>
        {
            var headers = context.HttpContext.Response.Headers;
            headers.ContentSecurityPolicy = contentSecurityPolicy;
            headers.CacheControl = "no-store";
            headers.XContentTypeOptions = "nosniff";
            // Without any referrer, a browser that has no other word for the same origin would send the page's forms as nobody's.
            headers["Referrer-Policy"] = "same-origin";
            return await next(context);
        });
}

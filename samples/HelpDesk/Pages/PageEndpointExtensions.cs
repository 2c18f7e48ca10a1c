namespace HelpDesk.Pages;

internal static class PageEndpointExtensions
{
    /// <summary>Headers for what people look at: never stored, never framed, no referrer, and the given content security policy.</summary>
    public static TBuilder WithPageSecurity<TBuilder>(this TBuilder builder, string contentSecurityPolicy = ContentSecurityPolicy.Page)
        where TBuilder : IEndpointConventionBuilder =>
        builder.AddEndpointFilter(async (context, next) =>
        {
            var headers = context.HttpContext.Response.Headers;
            headers.ContentSecurityPolicy = contentSecurityPolicy;
            headers.CacheControl = "no-store";
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            return await next(context);
        });

    /// <summary>Refuses a form that another site posts here: it could sign a technician in or out behind their back.</summary>
    public static TBuilder RefuseCrossSite<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.AddEndpointFilter(async (context, next) =>
            context.HttpContext.Request.Headers["Sec-Fetch-Site"] == "cross-site"
                ? Results.StatusCode(StatusCodes.Status403Forbidden)
                : await next(context));
}

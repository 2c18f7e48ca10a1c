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
}

namespace HelpDesk.Pages;

internal static class AnswerHeaderExtensions
{
    /// <summary>
    /// Keeps browsers from taking any answer, a refusal or a script included, for something other than its type says, and from using one again
    /// without asking whether it is still the same; pages and everything about a session are not kept at all.
    /// </summary>
    public static void UseAnswerHeaders(this WebApplication app) => app.Use((HttpContext context, RequestDelegate next) =>
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-cache";
        return next(context);
    });
}

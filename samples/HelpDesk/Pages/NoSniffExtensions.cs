namespace HelpDesk.Pages;

internal static class NoSniffExtensions
{
    /// <summary>Keeps browsers from taking any answer, a refusal or a script included, for something other than its type says.</summary>
    public static void UseNoSniff(this WebApplication app) => app.Use((HttpContext context, RequestDelegate next) =>
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return next(context);
    });
}

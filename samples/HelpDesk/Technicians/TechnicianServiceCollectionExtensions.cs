using System.Security.Claims;

namespace HelpDesk.Technicians;

internal static class TechnicianServiceCollectionExtensions
{
    public static IServiceCollection AddTechnicians(this IServiceCollection services) =>
        services.AddSingleton<DisabledTechnicians>().AddSingleton<TechnicianAccounts>();

    /// <summary>
    /// Ends what technicians are doing in the moment they are disabled: their cookie is looked at when a request begins, and an event stream
    /// that is open would go on telling them of sessions.
    /// </summary>
    public static void EndRequestsOfDisabled(this WebApplication app)
    {
        var disabled = app.Services.GetRequiredService<DisabledTechnicians>();
        app.Use(async (HttpContext context, RequestDelegate next) =>
        {
            var id = context.User.FindFirstValue(ClaimTypes.NameIdentifier);
            using var cut = id is null ? default : disabled.WhenDisabled(id).Register(context.Abort);
            await next(context);
        });
    }
}

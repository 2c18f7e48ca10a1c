using System.Security.Claims;
using HelpDesk.SignIn;

namespace HelpDesk.Technicians;

internal static class TechnicianServiceCollectionExtensions
{
    public static IServiceCollection AddTechnicians(this IServiceCollection services) =>
        services.AddSingleton<DisabledTechnicians>().AddSingleton<TechnicianAccounts>();

    /// <summary>
    /// Ends what technicians are doing in the moment they are disabled or sign out: their cookie is looked at when a request begins, and an event stream
    /// that is open would go on telling them, or whoever has a copy of it, of sessions.
    /// </summary>
    public static void EndRequestsWithTheirSignIn(this WebApplication app)
    {
        var disabled = app.Services.GetRequiredService<DisabledTechnicians>();
        var ended = app.Services.GetRequiredService<EndedSignIns>();
        app.Use(async (HttpContext context, RequestDelegate next) =>
        {
            var id = context.User.FindFirstValue(ClaimTypes.NameIdentifier);
            using var cut = id is null ? default : disabled.WhenDisabled(id).Register(context.Abort);
            // The request that signs out is to be answered.
            var signIn = context.Request.Path == "/signout" ? null : context.User.FindFirstValue(TechnicianClaims.SignIn);
            using var end = signIn is null ? default : ended.WhenEnded(signIn).Register(context.Abort);
            await next(context);
        });
    }
}

using System.Security.Claims;
using HelpDesk.SignIn;

namespace HelpDesk.Technicians;

internal static class TechnicianServiceCollectionExtensions
{
    public static IServiceCollection AddTechnicians(this IServiceCollection services) =>
        services.AddSingleton<DisabledTechnicians>().AddSingleton<TechnicianAccounts>();

    /// <summary>
    /// Ends what a technician does there in the moment they are disabled or sign out. Of its own event streams the library asks by itself whether their sign-in still holds; of a line that
    /// the host keeps open, the cookie is looked at when it begins and never again.
    /// </summary>
    public static RouteHandlerBuilder EndWithSignIn(this RouteHandlerBuilder route) => route.AddEndpointFilter(async (context, next) =>
    {
        var http = context.HttpContext;
        var id = http.User.FindFirstValue(ClaimTypes.NameIdentifier);
        using var cut = id is null ? default : http.RequestServices.GetRequiredService<DisabledTechnicians>().WhenDisabled(id).Register(http.Abort);
        var signIn = http.User.FindFirstValue(TechnicianClaims.SignIn);
        using var end = signIn is null ? default : http.RequestServices.GetRequiredService<EndedSignIns>().WhenEnded(signIn).Register(http.Abort);
        return await next(context);
    });
}

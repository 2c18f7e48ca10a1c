using HelpDesk.Pages;

namespace HelpDesk.TechnicianConsole;

internal static class ConsoleEndpoints
{
    /// <summary>The technician's console. Whoever is not signed in is led to the sign-in.</summary>
    public static IEndpointConventionBuilder MapConsole(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/", (HttpContext http) =>
                http.User.Identity is { IsAuthenticated: true }
                    ? http.Page<ConsolePage>(new Dictionary<string, object?> { [nameof(ConsolePage.User)] = http.User })
                    : Results.LocalRedirect("/signin"))
            .WithPageSecurity()
            .ExcludeFromDescription();
}

using System.Globalization;
using System.Security.Claims;
using HelpDesk.Pages;
using HelpDesk.SignIn;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Technicians;

internal static class TechnicianEndpoints
{
    /// <summary>The administrator's list of sign-ins. Only in Development, like the sign-ins themselves: a host has its own directory.</summary>
    public static IEndpointConventionBuilder MapTechnicians(this WebApplication app)
    {
        var group = app.MapGroup("/technicians").WithPageSecurity().RequireSameOrigin().ExcludeFromDescription()
            .RequireAuthorization(policy => policy.RequireRole(TechnicianGroups.Administrators));
        if (!app.Environment.IsDevelopment())
            return group;

        group.MapGet("/", ListAsync);
        group.MapPost("/{id}/disable", DisableAsync);
        group.MapPost("/{id}/enable", EnableAsync);
        return group;
    }

    private static async Task<RazorComponentResult> ListAsync(HttpContext http, TechnicianAccounts accounts, string? changed, int? ended) =>
        http.Page<TechniciansPage>(new Dictionary<string, object?>
        {
            [nameof(TechniciansPage.Accounts)] = await accounts.ListAsync(TenantOf(http), http.RequestAborted),
            [nameof(TechniciansPage.Self)] = http.User.FindFirstValue(ClaimTypes.NameIdentifier),
            [nameof(TechniciansPage.Changed)] = changed,
            [nameof(TechniciansPage.Ended)] = ended,
        });

    private static async Task<IResult> DisableAsync(HttpContext http, TechnicianAccounts accounts, string id)
    {
        if (Find(http, id) is not { } technician)
            return Results.NotFound();
        if (id == http.User.FindFirstValue(ClaimTypes.NameIdentifier))
            return Results.Problem("Nobody can disable themselves. Ask another administrator.", statusCode: StatusCodes.Status400BadRequest);
        // An administrator who closes the window has asked for it all the same.
        var ended = await accounts.DisableAsync(technician, CancellationToken.None);
        return Results.LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/technicians?changed={technician.Id}&ended={ended}"));
    }

    private static async Task<IResult> EnableAsync(HttpContext http, TechnicianAccounts accounts, string id)
    {
        if (Find(http, id) is not { } technician)
            return Results.NotFound();
        await accounts.EnableAsync(technician, http.RequestAborted);
        return Results.LocalRedirect($"/technicians?changed={technician.Id}");
    }

    // Those of another organisation do not exist for an administrator.
    private static DevelopmentTechnician? Find(HttpContext http, string id) =>
        DevelopmentTechnicians.Find(id) is { } technician && technician.Tenant == TenantOf(http) ? technician : null;

    private static string? TenantOf(HttpContext http) => http.User.FindFirstValue(TechnicianClaims.Tenant);
}

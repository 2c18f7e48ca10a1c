using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace HelpDesk.SignIn;

/// <summary>The claims by which the sample knows a technician; a host's own sign-in issues the same.</summary>
internal static class TechnicianClaims
{
    public const string Group = "group";
    public const string Tenant = "tenant";

    public static ClaimsPrincipal Of(DevelopmentTechnician technician) =>
        new(new ClaimsIdentity(
            [
                new(ClaimTypes.NameIdentifier, technician.Id),
                new(ClaimTypes.Name, technician.Name),
                new(ClaimTypes.Email, technician.Email),
                new(Group, technician.Group),
                new(Tenant, DevelopmentTechnicians.Tenant),
            ],
            CookieAuthenticationDefaults.AuthenticationScheme,
            ClaimTypes.Name,
            Group));

    public static bool IsAdministrator(ClaimsPrincipal user) => user.HasClaim(Group, TechnicianGroups.Administrators);
}

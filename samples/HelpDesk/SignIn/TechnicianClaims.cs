using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.Cookies;
using Rescue.Sessions;

namespace HelpDesk.SignIn;

/// <summary>The claims by which the sample knows a technician; a host's own sign-in issues the same.</summary>
internal static class TechnicianClaims
{
    public const string Group = "group";
    public const string Tenant = "tenant";

    /// <summary>Names one sign-in, of which a sign-out ends every copy.</summary>
    public const string SignIn = "sign-in";

    public static ClaimsPrincipal Of(DevelopmentTechnician technician) =>
        new(new ClaimsIdentity(
            [
                new(ClaimTypes.NameIdentifier, technician.Id),
                new(ClaimTypes.Name, technician.Name),
                new(ClaimTypes.Email, technician.Email),
                new(Group, technician.Group),
                new(Tenant, technician.Tenant),
                new(SignIn, RandomNumberGenerator.GetHexString(32, lowercase: true)),
            ],
            CookieAuthenticationDefaults.AuthenticationScheme,
            ClaimTypes.Name,
            Group));

    /// <summary>Who is signed in, as the library knows them; null for nobody.</summary>
    public static Technician? Read(ClaimsPrincipal user) =>
        user.FindFirstValue(ClaimTypes.NameIdentifier) is not { } id ? null : new Technician(id, user.FindFirstValue(ClaimTypes.Name) ?? id)
        {
            Email = user.FindFirstValue(ClaimTypes.Email),
            Groups = [.. user.FindAll(Group).Select(claim => claim.Value)],
            Tenant = user.FindFirstValue(Tenant) ?? Technician.DefaultTenant,
        };
}

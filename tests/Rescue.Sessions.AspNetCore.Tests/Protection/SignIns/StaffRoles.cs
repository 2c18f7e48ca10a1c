using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace Rescue.Sessions.AspNetCore.Tests.Protection.SignIns;

/// <summary>Makes whoever belongs to the staff one of the desk.</summary>
internal sealed class StaffRoles(Staff staff) : IClaimsTransformation
{
    public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
    {
        var transformed = principal.Clone();
        if (staff.HasAda)
            transformed.AddIdentity(new ClaimsIdentity([new(ClaimTypes.Role, "desk")]));
        return Task.FromResult(transformed);
    }
}

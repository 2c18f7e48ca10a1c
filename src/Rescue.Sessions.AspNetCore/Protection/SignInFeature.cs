using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Features.Authentication;

namespace Rescue.Sessions.AspNetCore.Protection;

/// <summary>Who is behind a request, and by which sign-in.</summary>
internal sealed class SignInFeature : IHttpAuthenticationFeature, IAuthenticateResultFeature
{
    public ClaimsPrincipal? User { get; set; }

    public AuthenticateResult? AuthenticateResult { get; set; }
}

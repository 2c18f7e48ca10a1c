using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Problems;

namespace Rescue.Sessions.AspNetCore.Applets;

/// <summary>The answer to a key that is none: 401 with the scheme to use, which RFC 9110, section 15.5.2, makes compulsory.</summary>
internal sealed class UnknownKeyResult : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        httpContext.Response.Headers.WWWAuthenticate = "Bearer";
        return ProblemResults.UnknownKey().ExecuteAsync(httpContext);
    }
}

using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Rescue.Sessions.AspNetCore.Tests.Protection.SignIns;

/// <summary>A host's own sign-in, whose tickets are named after nothing.</summary>
internal class StaffScheme(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, Staff staff)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(staff.HasAda
        ? AuthenticateResult.Success(new(new ClaimsPrincipal(new ClaimsIdentity([new("id", "acme/ada/all")], "staff")), "as it likes"))
        : AuthenticateResult.Fail("Ada has left."));
}

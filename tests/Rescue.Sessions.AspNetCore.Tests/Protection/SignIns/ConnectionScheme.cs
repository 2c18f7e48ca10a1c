using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Rescue.Sessions.AspNetCore.Tests.Protection.SignIns;

/// <summary>Signs the connection in, as Negotiate does: it answers where it has seen the request come, and nowhere else.</summary>
internal sealed class ConnectionScheme(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, Staff staff)
    : StaffScheme(options, loggers, encoder, staff), IAuthenticationRequestHandler
{
    private bool hasSeenIt;

    public Task<bool> HandleRequestAsync()
    {
        hasSeenIt = true;
        return Task.FromResult(false);
    }

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
        hasSeenIt ? base.HandleAuthenticateAsync() : throw new InvalidOperationException("It must not be asked before its middleware has run.");
}

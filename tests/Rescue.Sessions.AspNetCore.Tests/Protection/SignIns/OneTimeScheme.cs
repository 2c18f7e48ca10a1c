using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Rescue.Sessions.AspNetCore.Tests.Protection.SignIns;

/// <summary>Takes what comes twice in one request for a repeat, as a proof of possession does, and beside it what may be used again.</summary>
internal sealed class OneTimeScheme(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, Staff staff)
    : StaffScheme(options, loggers, encoder, staff)
{
    private static readonly ConcurrentDictionary<string, bool> Seen = new();

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
        Request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.Ordinal) || Seen.TryAdd(Context.TraceIdentifier, true)
            ? base.HandleAuthenticateAsync()
            : Task.FromResult(AuthenticateResult.Fail("It was used before."));
}

using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Devices;
using Rescue.Sessions.Joining;

namespace Rescue.Sessions.AspNetCore.Customers;

/// <summary><c>GET /Customer/Code.aspx</c>: the page that a link leads to. It offers the applet and uses nothing up.</summary>
internal static class LandingEndpoint
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, CustomerSessions sessions, IOptions<RescueWebOptions> options, TimeProvider time)
    {
        var surroundings = CustomerContext.Of(context);
        var texts = CustomerTexts.For(context.Request);
        var query = LinkQuery.Read(context.Request.QueryString.Value);
        if (!query.HasPin)
            return CustomerErrors.Missing(texts, surroundings);
        if (!PinCode.TryParse(query.Pin, out var pin))
            return CustomerErrors.For(JoinRefusal.Invalid, texts, surroundings);

        var platform = Detect(context.Request);
        var landing = new LandingPage(surroundings, options.Value.Applets.Keys, platform, time);
        // Without a token nothing is looked up: an answer would tell whether a guessed PIN is good.
        if (!query.HasToken)
            return landing.ForPin(texts, pin);
        if (!LinkToken.TryParse(query.Token, out var token))
            return CustomerErrors.For(JoinRefusal.Invalid, texts, surroundings);
        return await sessions.LookUpAsync(token, pin, platform, context.RequestAborted).ConfigureAwait(false) switch
        {
            CodeLookup.Found found => landing.ForLink(CustomerTexts.For(context.Request, found.Session.Language), found),
            CodeLookup.Refused refused => CustomerErrors.For(refused, CustomerTexts.For(context.Request, refused.Session?.Language), surroundings),
            _ => throw new UnreachableException(),
        };
    }

    private static DevicePlatform? Detect(HttpRequest request) =>
        DevicePlatforms.Detect(request.Headers.UserAgent, request.Headers["Sec-CH-UA-Platform"]);
}

using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Devices;
using Rescue.Sessions.Joining;

namespace Rescue.Sessions.AspNetCore.Customers;

/// <summary>
/// <c>GET /Customer/applet/{platform}</c>: the applet, with the link beside it when the request has a live one. Downloading uses nothing up.
/// </summary>
internal static class DownloadEndpoint
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, CustomerSessions sessions, IOptions<RescueWebOptions> options, IOptionsMonitor<RescueSessionsOptions> core, string platform)
    {
        var surroundings = CustomerContext.Of(context);
        var texts = CustomerTexts.For(context.Request);
        if (!DevicePlatforms.TryParse(platform, out var known) || !options.Value.Applets.TryGetValue(known, out var file))
            return CustomerErrors.Platform(texts, surroundings);

        var query = LinkQuery.Read(context.Request.QueryString.Value);
        if (!query.HasToken)
            return new AppletArchive(known, file, CustomerContext.PublicAddress(core.CurrentValue).AbsoluteUri, texts, surroundings);
        if (!LinkToken.TryParse(query.Token, out var token) || !PinCode.TryParse(query.Pin, out var pin))
            return CustomerErrors.For(JoinRefusal.Invalid, texts, surroundings);
        return await sessions.LookUpAsync(token, pin, known, context.RequestAborted).ConfigureAwait(false) switch
        {
            CodeLookup.Found found => new AppletArchive(known, file, found.Link.ToUri().AbsoluteUri, CustomerTexts.For(context.Request, found.Session.Language), surroundings),
            CodeLookup.Refused refused => CustomerErrors.For(refused, texts, surroundings),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}

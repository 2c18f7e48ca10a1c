using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Rescue.Sessions.AspNetCore.Customers.Archives;
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
        HttpContext context, CustomerSessions sessions, IOptions<RescueWebOptions> options, string platform)
    {
        var here = await CustomerContext.OfAsync(context).ConfigureAwait(false);
        var texts = CustomerTexts.For(context.Request, here.Organization);
        var query = LinkQuery.Read(context.Request.QueryString.Value);
        if (!DevicePlatforms.TryParse(platform, out var known) || !options.Value.Applets.TryGetValue(known, out var file))
            return CustomerErrors.Platform(texts, here, CodeQuery.Of(query));

        if (!query.HasToken)
            return new AppletArchive(known, file, here.PublicAddress.AbsoluteUri, texts, here);
        if (!LinkToken.TryParse(query.Token, out var token) || !PinCode.TryParse(query.Pin, out var pin))
            return CustomerErrors.Invalid(texts, here);
        switch (await sessions.LookUpAsync(token, pin, known, context.RequestAborted).ConfigureAwait(false))
        {
            case CodeLookup.Found found:
                var its = await CustomerContext.ForAsync(context, here, found.Session).ConfigureAwait(false);
                return new AppletArchive(
                    known, file, found.Link.ToUri().AbsoluteUri, CustomerTexts.For(context.Request, its.Organization, found.Session.Language), its);
            case CodeLookup.Refused refused:
                var whose = await CustomerContext.ForAsync(context, here, refused.Session).ConfigureAwait(false);
                return CustomerErrors.For(refused, CustomerTexts.For(context.Request, whose.Organization, refused.Session?.Language), whose, CodeQuery.Of(query));
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}

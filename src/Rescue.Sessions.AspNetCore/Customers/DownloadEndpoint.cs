using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Rescue.Sessions.AspNetCore.Customers.Archives;
using Rescue.Sessions.AspNetCore.Customers.Pages;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Devices;

namespace Rescue.Sessions.AspNetCore.Customers;

/// <summary>
/// <c>GET /Customer/applet/{platform}</c>: the applet, with the link beside it when the request has a live one. Downloading uses nothing up.
/// </summary>
internal static class DownloadEndpoint
{
    [Operation("downloadApplet", "The applet as an archive, with the link beside it where the request has a live one.")]
    [Query("Code", "The PIN.")]
    [Query("k", "The link's token.")]
    [Header("Accept-Language", "The languages that the customer reads; the session's own is tried after them.")]
    [Header("Range", "The bytes to send, to go on with a download that broke off.")]
    [Header("If-Range", "Only if the archive is still the one with this `ETag`; otherwise the whole of it.")]
    [Header("If-None-Match", "Not if the archive is still the one with this `ETag`.")]
    [Answers(StatusCodes.Status200OK, "The archive.", MediaType = "application/zip", Headers = ["Accept-Ranges", "Content-Disposition", "ETag"])]
    [Answers(StatusCodes.Status206PartialContent, "The bytes that were asked for.", MediaType = "application/zip", Headers = ["Accept-Ranges", "Content-Disposition", "Content-Range", "ETag"])]
    [Answers(StatusCodes.Status304NotModified, "The archive is as it was.", Headers = ["ETag"])]
    [Answers(StatusCodes.Status416RangeNotSatisfiable, "There are no such bytes, and the answer has none.", MediaType = "application/zip", Headers = ["Content-Range", "ETag"])]
    [Page(StatusCodes.Status403Forbidden, "The technician cannot support phones and tablets.")]
    [Page(StatusCodes.Status404NotFound, "There is no program for the platform, or the link is not valid.")]
    [Page(StatusCodes.Status409Conflict, "The link was used.")]
    [Page(StatusCodes.Status410Gone, "The link has expired or was taken back, or the session has ended.")]
    public static async Task<IResult> HandleAsync(
        HttpContext context, CustomerSessions sessions, IOptions<RescueWebOptions> options, string platform)
    {
        var here = await CustomerContext.OfAsync(context).ConfigureAwait(false);
        var texts = CustomerTexts.For(context.Request, here.Organization);
        var query = LinkQuery.Read(context.Request.QueryString.Value);
        if (!DevicePlatforms.TryParse(platform, out var known) || !options.Value.Applets.TryGetValue(known, out var file))
            return CustomerErrors.Platform(texts, here, CodeQuery.Of(query));

        if (!query.HasToken)
            return new AppletArchive(known, file, here.PublicAddress.AbsoluteUri, null, texts, here);
        if (!LinkToken.TryParse(query.Token, out var token) || !PinCode.TryParse(query.Pin, out var pin))
            return CustomerErrors.Invalid(texts, here);
        return await LinkLookup.AnswerAsync(
            context,
            here,
            sessions,
            token,
            pin,
            known,
            (found, words, its) => new AppletArchive(known, file, found.Link.ToUri().AbsoluteUri, found.Session.CreatedAt, words, its),
            (refused, words, whose) => CustomerErrors.For(refused, words, whose, CodeQuery.Of(query))).ConfigureAwait(false);
    }
}

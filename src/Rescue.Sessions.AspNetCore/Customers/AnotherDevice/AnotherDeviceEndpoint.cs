using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Customers.Pages;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.Codes;

namespace Rescue.Sessions.AspNetCore.Customers.AnotherDevice;

/// <summary><c>GET /Customer/another-device</c>: carries a link to the device that needs help, when it was opened on another. It uses nothing up.</summary>
internal static class AnotherDeviceEndpoint
{
    [Operation("showAnotherDevice", "The page that carries a link to the device that needs help. It uses nothing up.")]
    [Query("Code", "The PIN.")]
    [Query("k", "The link's token.")]
    [Header("Accept-Language", "The languages that the customer reads; the session's own is tried after them.")]
    [Page(StatusCodes.Status200OK, "The page.")]
    [Page(StatusCodes.Status400BadRequest, "The link has no code.")]
    [Page(StatusCodes.Status403Forbidden, "The technician cannot support phones and tablets.")]
    [Page(StatusCodes.Status404NotFound, "The link is not valid.")]
    [Page(StatusCodes.Status409Conflict, "The link was used.")]
    [Page(StatusCodes.Status410Gone, "The link has expired or was taken back, or the session has ended.")]
    public static async Task<IResult> HandleAsync(HttpContext context, CustomerSessions sessions)
    {
        var here = await CustomerContext.OfAsync(context).ConfigureAwait(false);
        var texts = CustomerTexts.For(context.Request, here.Organization);
        var query = LinkQuery.Read(context.Request.QueryString.Value);
        if (!query.HasPin)
            return CustomerErrors.Missing(texts, here);
        if (!PinCode.TryParse(query.Pin, out var pin))
            return CustomerErrors.Invalid(texts, here);
        // Without a token nothing is looked up: an answer would tell whether a guessed PIN is good.
        if (!query.HasToken)
            return AnotherDevicePage.Of(texts, here, new(here.Organization.PublicBaseUri, pin, null));
        if (!LinkToken.TryParse(query.Token, out var token))
            return CustomerErrors.Invalid(texts, here);
        // Which device it is opened on there, nobody knows yet.
        return await LinkLookup.AnswerAsync(
            context, here, sessions, token, pin, platform: null, (found, words, its) => AnotherDevicePage.Of(words, its, found.Link)).ConfigureAwait(false);
    }
}

using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Devices;
using Rescue.Sessions.Joining;

namespace Rescue.Sessions.AspNetCore.Customers.Pages;

/// <summary>What a link with a token leads to, whichever page it opens. Looking redeems nothing.</summary>
internal static class LinkLookup
{
    /// <summary>The page of the link's session, or the one that says why it leads nowhere; in the name and the language of whoever it is from.</summary>
    /// <param name="context">The request.</param>
    /// <param name="here">Whose address it came to.</param>
    /// <param name="sessions">Where the link is looked up.</param>
    /// <param name="token">The link's token.</param>
    /// <param name="pin">The link's PIN.</param>
    /// <param name="platform">The customer's device; null when nobody knows it yet.</param>
    /// <param name="found">Makes the page.</param>
    /// <param name="refused">Makes the page of a link that leads nowhere; null, or an answer of null, for the usual one.</param>
    public static async Task<IResult> AnswerAsync(
        HttpContext context,
        CustomerContext here,
        CustomerSessions sessions,
        LinkToken token,
        PinCode pin,
        DevicePlatform? platform,
        Func<CodeLookup.Found, CustomerTexts, CustomerContext, IResult> found,
        Func<CodeLookup.BadCode, CustomerTexts, CustomerContext, IResult?>? refused = null)
    {
        switch (await sessions.LookUpAsync(token, pin, platform, context.RequestAborted).ConfigureAwait(false))
        {
            case CodeLookup.Found live:
                var its = await CustomerContext.ForAsync(context, here, live.Session).ConfigureAwait(false);
                return found(live, CustomerTexts.For(context.Request, its.Organization, live.Session.Language), its);
            case CodeLookup.BadCode bad:
                var whose = await CustomerContext.ForAsync(context, here, bad.Session).ConfigureAwait(false);
                var texts = CustomerTexts.For(context.Request, whose.Organization, bad.Session?.Language);
                return refused?.Invoke(bad, texts, whose) ?? CustomerErrors.For(bad, texts, whose, CodeQuery.Of(pin, token));
            default:
                throw new UnreachableException();
        }
    }
}

using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Customers.Pages;
using Rescue.Sessions.AspNetCore.Html;
using Rescue.Sessions.Codes;

namespace Rescue.Sessions.AspNetCore.Customers.Declining;

/// <summary>Asks for the PIN of a session that nobody asked for, and thanks for it.</summary>
internal sealed class DeclinePage(CustomerContext context, LinkQuery query)
{
    /// <summary>The PIN of the link that led here; null without one.</summary>
    public PinCode? Pin { get; } = PinCode.TryParse(query.Pin, out var pin) ? pin : null;

    /// <summary>The token of the link that led here; null without one.</summary>
    public LinkToken? Token { get; } = LinkToken.TryParse(query.Token, out var token) ? token : null;

    public PageResult Ask(CustomerTexts texts, Session? session = null) => Page(texts, session, null, StatusCodes.Status200OK);

    public PageResult AskAgain(CustomerTexts texts, string alert, int statusCode) => Page(texts, null, texts[alert], statusCode);

    public PageResult Done(CustomerTexts texts) => new(
        texts,
        context.Organization,
        texts["Decline_Done_Title"],
        HtmlFragment.Of($"""<p>{texts["Decline_Done_Text"]}</p>"""));

    private PageResult Page(CustomerTexts texts, Session? session, string? alert, int statusCode)
    {
        var who = session is null
            ? HtmlFragment.Empty
            : HtmlFragment.Of($"""<p>{texts.Introduction(context.Organization, session)}</p>""");
        var typed = Pin is null
            ? HtmlFragment.Empty
            : HtmlFragment.Of($"""<p>{texts.Format("YourPin", "")} <span class="pin" dir="ltr">{Pin.Digits}</span></p>""");
        return new(
            texts,
            context.Organization,
            texts["Decline_Title"],
            HtmlFragment.Of(
                $"""
                {who}
                <p>{texts["Decline_Intro"]}</p>
                {typed}
                {PinForm.Of(texts, context.Decline + CodeQuery.Of(Pin, Token), texts["Decline_Button"], alert)}
                """),
            statusCode);
    }
}

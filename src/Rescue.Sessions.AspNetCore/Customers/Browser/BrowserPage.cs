using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Customers.Pages;
using Rescue.Sessions.AspNetCore.Html;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Joining;

namespace Rescue.Sessions.AspNetCore.Customers.Browser;

/// <summary>
/// The page that joins. All its words are in it; its script shows the section of what has come, and the session's status on <c>main</c>. Without script, the
/// form leads to the landing page.
/// </summary>
/// <param name="context">Whose page it is.</param>
/// <param name="texts">The customer's language.</param>
/// <param name="scripts">The host's modules.</param>
internal sealed class BrowserPage(CustomerContext context, CustomerTexts texts, IEnumerable<string> scripts)
{
    private const string Policy = "; script-src 'self'; connect-src 'self'; worker-src 'self'; img-src 'self' data:; media-src 'self' blob:";

    private static readonly (string Code, string Text)[] Refusals =
    [
        ("invalidCode", "PinWrong"),
        ("alreadyUsed", "Error_used_Text"),
        ("expired", "Error_expired_Text"),
        ("revoked", "Error_revoked_Text"),
        ("noTechnician", "Error_technician_Text"),
        ("sessionEnded", "Error_ended_Text"),
        ("tooMany", "Browser_TooMany"),
        ("appletTooOld", "Browser_Outdated"),
        ("foreignOrigin", "Browser_Foreign"),
        ("unreachable", "Browser_Unreachable"),
    ];

    /// <summary>For a link by PIN alone, or a PIN that is yet to be typed; nothing was looked up.</summary>
    public PageResult ForPin(PinCode? pin) => Page(
        texts["Browser_Title"],
        HtmlFragment.Of($"""<p>{texts["LandingIntroNoName"]}</p>"""),
        new(pin, null, "unknown", null),
        null,
        StatusCodes.Status200OK);

    /// <summary>For a link with a live token.</summary>
    public PageResult ForLink(CodeLookup.Found found, LinkToken token, PinCode pin) => Page(
        texts["Browser_Title"],
        HtmlFragment.Of(
            $"""
            <p>{texts.Introduction(context.Organization, found.Session)}</p>
            {CustomerErrors.Newer(texts, found.HasNewerInvitation)}
            """),
        new(pin, token, "live", context.HelperOf(found.Session)),
        found.Session,
        StatusCodes.Status200OK);

    /// <summary>For a link that was used; the script goes on where it was this browser that did.</summary>
    public PageResult ForUsedLink(Session session, LinkToken token, PinCode pin) => Page(
        texts["Error_used_Title"],
        HtmlFragment.Of($"""<p id="used">{texts["Error_used_Text"]}</p>"""),
        new(pin, token, "used", context.HelperOf(session)),
        session,
        StatusCodes.Status409Conflict);

    private PageResult Page(string heading, HtmlFragment intro, BrowserLink link, Session? session, int statusCode)
    {
        var isUsed = link.State == "used";
        return new(
            texts,
            context.Organization,
            heading,
            HtmlFragment.Of(
                $"""
                {BrowserSections.Section("pin", texts["Browser_Title"], HtmlFragment.Of($"{intro}{(isUsed ? HtmlFragment.Empty : Introduction())}{Form(link, isUsed)}"), isHidden: false)}
                {new BrowserSections(texts, Again(session)).All}
                <div id="assistance"></div>
                """),
            statusCode)
        {
            Scripts = new(Head(), MainAttributes(link, session), Policy),
            Style = PageStyle.Browser,
        };
    }

    private HtmlFragment Introduction() => HtmlFragment.Of(
        $"""
        <noscript><p class="alert">{texts["Browser_NoScript"]}</p></noscript>
        <ol>
        <li>{texts["Browser_StepPin"]}</li>
        <li>{texts["Browser_StepWait"]}</li>
        <li>{texts["Browser_StepShow"]}</li>
        </ol>
        """);

    private HtmlFragment Form(BrowserLink link, bool isUsed)
    {
        var pin = link.Pin is null
            ? HtmlFragment.Empty
            : HtmlFragment.Of($"""<p>{texts.Format("YourPin", "")} <span class="pin" dir="ltr">{link.Pin.Digits}</span></p>""");
        var decline = isUsed
            ? HtmlFragment.Empty
            : HtmlFragment.Of($"""<p class="soft"><a href="{context.Decline}{link.Query}">{texts["DeclineLink"]}</a></p>""");
        // Without script the form is that of the page for typed PINs, from where the program can be had.
        return HtmlFragment.Of(
            $"""
            <div id="entry"{(isUsed ? HtmlFragment.Of($" hidden") : HtmlFragment.Empty)}>
            {pin}
            {Problems()}
            <form method="post" action="{context.PinPage}">
            <label for="Code">{texts["PinLabel"]}</label>
            <input id="Code" name="Code" type="text" dir="ltr" inputmode="numeric" autocomplete="off" maxlength="64" required>
            <button class="button" type="submit">{texts["Browser_Join"]}</button>
            </form>
            </div>
            {decline}
            """);
    }

    private HtmlFragment Problems() => HtmlFragment.Concat(Refusals.Select(problem =>
        HtmlFragment.Of($"""<p class="alert" id="problem-{problem.Code}" data-problem="{problem.Code}" role="alert" hidden>{texts.Refusal(problem.Text, context.Organization)}</p>""")));

    private HtmlFragment Head()
    {
        var folder = $"{context.Browser}/{BrowserScripts.Version}/";
        var ahead = BrowserScripts.Names.Select(name => HtmlFragment.Of($"""<link rel="modulepreload" href="{folder}{name}">"""));
        // The host's come first, so that they listen when the page begins. Nothing is shown before: a PIN that is sent without script leads back to the page before this one.
        var modules = scripts.Append(folder + BrowserScripts.Main).Select(path => HtmlFragment.Of($"""<script type="module" blocking="render" src="{path}"></script>"""));
        return HtmlFragment.Concat(ahead.Concat(modules));
    }

    // What to do when the session is over and help is still needed.
    private HtmlFragment Again(Session? session) => session?.Request is null
        ? HtmlFragment.Of($"""<p class="soft">{texts["Browser_Again"]}</p>{AskForLink.Of(texts, context.Organization, session)}""")
        : HtmlFragment.Of($"""<p><a class="button" href="{context.Request}">{texts["Request_Again"]}</a></p>""");

    private HtmlFragment MainAttributes(BrowserLink link, Session? session)
    {
        var status = link.State == "used" ? HtmlFragment.Empty : HtmlFragment.Of($""" data-status="connecting" """);
        var asked = session?.Request is null ? HtmlFragment.Empty : HtmlFragment.Of($" data-asked");
        return HtmlFragment.Of(
            $""" data-applet="{context.Applet}" data-link="{link.State}" data-code="{link.Pin?.Digits}" data-token="{link.Token?.Text}" data-technician="{link.Technician}"{asked}{status}""");
    }
}

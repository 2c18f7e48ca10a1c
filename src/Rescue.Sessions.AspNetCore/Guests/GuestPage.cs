using System.Globalization;
using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Customers.Browser;
using Rescue.Sessions.AspNetCore.Customers.Pages;
using Rescue.Sessions.AspNetCore.Html;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Guests;

namespace Rescue.Sessions.AspNetCore.Guests;

/// <summary>The page by which a guest joins, and on which they stay. All its words are in it; its script shows the section of what has come.</summary>
/// <param name="context">Whose page it is.</param>
/// <param name="texts">The guest's language.</param>
/// <param name="scripts">The host's modules.</param>
internal sealed class GuestPage(CustomerContext context, CustomerTexts texts, IEnumerable<string> scripts)
{
    private const string Policy = "; script-src 'self'; connect-src 'self'; worker-src 'self'; img-src 'self' data:; media-src 'self' blob:";

    private static readonly (string Code, string Text)[] Problems =
    [
        ("name", "Guest_NameMissing"),
        ("used", "Guest_Used"),
        ("tooMany", "Browser_TooMany"),
        ("foreignOrigin", "Browser_Foreign"),
        ("unreachable", "Browser_Unreachable"),
    ];

    // Where the script puts a name that is not known yet, or may change.
    private static readonly HtmlFragment Technician = HtmlFragment.Of($"""<bdi data-technician></bdi>""");

    private static readonly HtmlFragment Customer = HtmlFragment.Of($"""<bdi data-customer></bdi>""");

    public PageResult For(Session session, Guest guest, GuestToken token) => new(
        texts,
        context.Organization,
        texts["Guest_Title"],
        HtmlFragment.Of(
            $"""
            {BrowserSections.Section("join", texts["Guest_Title"], Form(session, guest), isHidden: false)}
            {BrowserSections.Section("waiting", texts["Guest_Waiting_Title"], HtmlFragment.Of($"""<p>{texts["Guest_Waiting_Text"]}</p>"""))}
            {BrowserSections.Section("active", texts["Guest_Active_Title"], HtmlFragment.Of($"""<p>{Named("Guest_Active_Text")}</p>"""))}
            {BrowserSections.Section("over", texts["Guest_Over_Title"], HtmlFragment.Of($"""<p>{texts["Guest_Over_Text"]}</p>"""))}
            <p class="alert" id="unheard" role="alert" hidden>{texts["Browser_Unreachable"]}</p>
            <p><button class="quiet" id="leave" type="button" hidden>{texts["Guest_Leave"]}</button></p>
            <div id="assistance"></div>
            """))
    {
        Scripts = new(Head(), HtmlFragment.Of($""" data-applet="{context.Guest}" data-token="{token.Text}" data-status="invited" """), Policy),
        Style = PageStyle.Browser,
        MayBeUnasked = false,
    };

    /// <summary>For a link whose visit is over.</summary>
    public PageResult Over(int statusCode) => new(
        texts, context.Organization, texts["Guest_Over_Title"], HtmlFragment.Of($"""<p>{texts["Guest_Over_Text"]}</p>"""), statusCode)
    {
        MayBeUnasked = false,
    };

    private HtmlFragment Form(Session session, Guest guest)
    {
        var until = guest.ExpiresAt.UtcDateTime;
        var problems = HtmlFragment.Concat(Problems.Select(problem =>
            HtmlFragment.Of($"""<p class="alert" id="problem-{problem.Code}" data-problem="{problem.Code}" role="alert" hidden>{texts[problem.Text]}</p>""")));
        return HtmlFragment.Of(
            $"""
            <p>{texts.Format("Guest_Intro", guest.InvitedBy.Name, context.Organization.Name, session.CustomerName)}</p>
            <p>{texts["Guest_Until"]} <time datetime="{until.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}">{until.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)}</time></p>
            <noscript><p class="alert">{texts["Guest_NoScript"]}</p></noscript>
            {problems}
            <form method="post" action="{context.Guest}/join" novalidate>
            <label for="name">{texts["Guest_Name"]}</label>
            <input id="name" name="name" type="text" dir="auto" autocomplete="name" maxlength="128" required aria-describedby="name-note">
            <p class="soft" id="name-note">{texts["Guest_NameNote"]}</p>
            <button class="button" type="submit" disabled>{texts["Guest_Join"]}</button>
            </form>
            """);
    }

    private HtmlFragment Head() => HtmlFragment.Concat(scripts.Append($"{context.Browser}/{BrowserScripts.Version}/{BrowserScripts.Guest}")
        .Select(path => HtmlFragment.Of($"""<script type="module" src="{path}"></script>""")));

    private HtmlFragment Named(string text) => HtmlFragment.Concat(texts[text].Split('{', '}').Select(part => part switch
    {
        "0" => Technician,
        "1" => Customer,
        _ => HtmlFragment.Of($"{part}"),
    }));
}

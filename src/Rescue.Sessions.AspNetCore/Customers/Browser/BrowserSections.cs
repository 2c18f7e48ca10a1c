using Rescue.Sessions.AspNetCore.Customers.Pages;
using Rescue.Sessions.AspNetCore.Html;

namespace Rescue.Sessions.AspNetCore.Customers.Browser;

/// <summary>The parts of the browser's page that its script shows, one at a time, as the session goes on.</summary>
/// <param name="texts">The customer's language.</param>
/// <param name="again">What to do when the session is over and help is still needed.</param>
internal sealed class BrowserSections(CustomerTexts texts, HtmlFragment again)
{
    // Where the script puts the technician's name, which may change with a transfer.
    private static readonly HtmlFragment Technician = HtmlFragment.Of($"""<bdi data-technician></bdi>""");

    private static readonly (string Ends, string Text)[] Endings =
    [
        ("byTechnician", "Browser_End_technician"),
        ("byCustomer byWaitingCustomer", "Browser_End_left"),
        ("declined", "Browser_End_declined"),
        ("waitingTimedOut", "Browser_End_waited"),
        ("other", "Browser_End_other"),
    ];

    public HtmlFragment All => HtmlFragment.Concat(
    [
        Section("terms", texts["Browser_Terms_Title"], HtmlFragment.Of(
            $"""
            <p id="terms"></p>
            <p><button class="button" type="button" data-do="agree">{texts["Browser_Agree"]}</button></p>
            <p><button class="quiet" type="button" data-do="decline">{texts["Browser_Disagree"]}</button></p>
            """)),
        Status("waiting"),
        Status("active"),
        Status("onHold"),
        Status("transferring"),
        Status("rebooting"),
        Status("reconnecting"),
        Status("timedOut"),
        Section("mobile", texts["Error_mobile_Title"], HtmlFragment.Of(
            $"""
            <p>{texts["Browser_Mobile_Text"]}</p>
            <p><button class="button" type="button" data-do="ready">{texts["Browser_TryAgain"]}</button></p>
            """)),
        Section("elsewhere", texts["Browser_Elsewhere_Title"], HtmlFragment.Of(
            $"""
            <p>{texts["Browser_Elsewhere_Text"]}</p>
            <p><button class="button" type="button" data-do="here">{texts["Browser_Here"]}</button></p>
            """)),
        Section("closed", texts["Browser_Closed_Title"], Ending()),
        Guests(),
        Leave(),
    ]);

    public static HtmlFragment Section(string name, string heading, HtmlFragment content, bool isHidden = true) => HtmlFragment.Of(
        $"""

        <section data-section="{name}" data-heading="{heading}"{(isHidden ? HtmlFragment.Of($" hidden") : HtmlFragment.Empty)}>
        {content}
        </section>
        """);

    private HtmlFragment Status(string name) => Section(name, texts[$"Browser_{name}_Title"], HtmlFragment.Of($"""<p>{Named($"Browser_{name}_Text")}</p>"""));

    private HtmlFragment Ending() => HtmlFragment.Concat(Endings
        .Select(ending => HtmlFragment.Of($"""<p data-ends="{ending.Ends}" hidden>{Named(ending.Text)}</p>"""))
        .Append(HtmlFragment.Of($"""<p class="alert" id="unheard" role="alert" hidden>{texts["Browser_Unheard"]}</p>{again}""")));

    // Whoever else can see or do something is said, wherever the customer is.
    private HtmlFragment Guests() => HtmlFragment.Of($"""<p id="guests" role="status" hidden>{texts["Browser_Guests"]} <bdi></bdi></p>""");

    private HtmlFragment Leave() => HtmlFragment.Of(
        $"""

        <div id="leave" hidden>
        <p><button class="quiet" type="button" data-do="leave">{texts["Browser_Leave"]}</button></p>
        </div>
        <div id="leave-sure" role="group" aria-labelledby="leave-question" hidden>
        <p id="leave-question">{texts["Browser_LeaveSure"]}</p>
        <p class="choices"><button class="button" type="button" data-do="stay">{texts["Browser_Stay"]}</button> <button class="quiet" type="button" data-do="leave-now">{texts["Browser_LeaveNow"]}</button></p>
        </div>
        """);

    private HtmlFragment Named(string text) => HtmlFragment.Concat(texts[text].Split("{0}").SelectMany(
        (part, index) => index == 0 ? (HtmlFragment[])[HtmlFragment.Of($"{part}")] : [Technician, HtmlFragment.Of($"{part}")]));
}

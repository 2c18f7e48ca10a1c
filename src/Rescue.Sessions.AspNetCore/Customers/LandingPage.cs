using Rescue.Sessions.AspNetCore.Customers.Archives;
using Rescue.Sessions.AspNetCore.Customers.Pages;
using Rescue.Sessions.AspNetCore.Html;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Devices;
using Rescue.Sessions.Joining;

namespace Rescue.Sessions.AspNetCore.Customers;

/// <summary>Offers the applet for the customer's platform, with the other ways in reach, since detection can be wrong.</summary>
/// <param name="context">Whose page it is.</param>
/// <param name="options">What the host offers.</param>
/// <param name="detected">The platform of the device that came; null where that is not known.</param>
/// <param name="browser">Its browser; null where that is not known.</param>
/// <param name="time">The clock.</param>
internal sealed class LandingPage(CustomerContext context, RescueWebOptions options, DevicePlatform? detected, string? browser, TimeProvider time)
{
    private readonly IDictionary<DevicePlatform, string> available = options.Applets;
    private readonly BrowserOffer offer = options.Browser.Offer;
    private readonly string? publisher = options.AppletPublisher;

    /// <summary>For a link with a live token: the download carries the code, and nothing is to be typed.</summary>
    public PageResult ForLink(CustomerTexts texts, CodeLookup.Found found)
    {
        var session = found.Session;
        var left = (session.ExpiresAt - time.GetUtcNow()).TotalMinutes;
        var query = found.Link.ToUri().Query;
        // What the technician has set wins, unless there is no program for it and one for the device that came.
        var platform = session.Platform is { } set && (available.ContainsKey(set) || detected is null || !available.ContainsKey(detected.Value)) ? set : detected;
        return Page(
            texts,
            texts.Format(session.Request is null ? "LandingHeading" : "Request_Landing_Title", session.CustomerName),
            HtmlFragment.Of(
                $"""
                <p>{texts.Introduction(context.Organization, session)}</p>
                {CustomerErrors.Newer(texts, found.HasNewerInvitation)}
                {Ways(texts, platform, query, query, HtmlFragment.Empty)}
                {Trust(texts, session.Reference)}
                <p class="soft">{(left < 1 ? texts["ValidOneMinute"] : texts.Format("ValidUntil", Math.Ceiling(left)))}</p>
                {(session.Request is null ? Unasked(texts, query) : HtmlFragment.Empty)}
                """),
            mayBeUnasked: session.Request is null);
    }

    /// <summary>For a PIN that was typed into another organisation's page: a form must not lead to another host, and a link may.</summary>
    public PageResult ForElsewhere(CustomerTexts texts, CodeLookup.Found found) => new(
        texts,
        context.Organization,
        texts.Format("LandingHeading", found.Session.CustomerName),
        HtmlFragment.Of(
            $"""
            <p>{texts.Introduction(context.Organization, found.Session)}</p>
            <p><a class="button" href="{found.Link.ToUri().AbsoluteUri}">{texts.Format("ContinueAt", context.Organization.PublicBaseUri.IdnHost)}</a></p>
            """))
    {
        Title = texts["LandingHeadingNoName"],
    };

    /// <summary>For a link by PIN alone, about which nothing was looked up.</summary>
    public PageResult ForPin(CustomerTexts texts, PinCode pin)
    {
        var step = HtmlFragment.Of($"""<li>{texts.Format("StepPin", "")} <span class="pin" dir="ltr">{pin.Digits}</span></li>""");
        var query = CodeQuery.Of(pin, null);
        return Page(
            texts,
            texts["LandingHeadingNoName"],
            HtmlFragment.Of(
                $"""
                <p>{texts["LandingIntroNoName"]}</p>
                {Ways(texts, detected, "", query, step)}
                {Trust(texts, null)}
                {Unasked(texts, query)}
                """));
    }

    private PageResult Page(CustomerTexts texts, string heading, HtmlFragment content, bool mayBeUnasked = true) => new(texts, context.Organization, heading, content)
    {
        MayBeUnasked = mayBeUnasked,
        Title = texts["LandingHeadingNoName"],
        SaysHowToCheck = true,
    };

    private HtmlFragment Ways(CustomerTexts texts, DevicePlatform? platform, string query, string browserQuery, HtmlFragment pinStep)
    {
        if (platform is { } own && available.TryGetValue(own, out var source))
            return Program(texts, own, source, query, browserQuery, pinStep);
        HtmlFragment[] others = [.. Downloads(texts, platform, query)];
        if (platform is not null && offer != BrowserOffer.Never)
        {
            return HtmlFragment.Of(
                $"""
                <p>{texts["BrowserOffer"]}</p>
                <p><a class="button" href="{context.Browser}{browserQuery}">{texts["BrowserButton"]}</a></p>
                {Links([.. others, AnotherDevice(texts, browserQuery)], texts["OtherDevices"])}
                """);
        }

        HtmlFragment[] ways = [.. others, .. Browser(texts, platform, browserQuery)];
        if (ways.Length == 0)
            return HtmlFragment.Of($"""<p class="alert">{texts["NoWay"]}</p>{AskForLink.Of(texts, context.Organization, null)}""");
        var why = platform is { } missing ? texts.Format("Unsupported", texts[missing.ToName()]) : texts["UnknownDevice"];
        return HtmlFragment.Of($"""<p>{why}</p>{Links([.. ways, AnotherDevice(texts, browserQuery)])}""");
    }

    private HtmlFragment Program(CustomerTexts texts, DevicePlatform own, string source, string query, string browserQuery, HtmlFragment pinStep) => HtmlFragment.Of(
        $"""
        <ol>
        <li>{texts["StepDownload"]}{Find(texts)}</li>
        <li>{texts.StepOpen(own, AppletFiles.ProgramOf(source))}</li>
        {pinStep}
        <li>{texts["StepWait"]}</li>
        </ol>
        <p><a class="button" href="{Download(own, query)}">{texts.Format("DownloadFor", texts[own.ToName()])} <small>{File(texts, own, source)}</small></a></p>
        {Links([.. Downloads(texts, own, query), .. Browser(texts, own, browserQuery), AnotherDevice(texts, browserQuery)], texts["OtherDevices"])}
        """);

    // Where the browser puts it; nothing for a browser that is not known, which is no harm.
    private string Find(CustomerTexts texts) => browser switch
    {
        null => "",
        CustomerDevice.Safari => $" {texts["StepFind_safari"]}",
        _ => $" {texts.Format("StepFind", browser)}",
    };

    // Each part stands for itself: beside Arabic a name that is Latin would otherwise take the number along.
    private HtmlFragment File(CustomerTexts texts, DevicePlatform platform, string source)
    {
        var size = texts.Format("FileSize", Math.Ceiling(AppletFiles.SizeOf(source) / 1e6));
        var signedBy = publisher is null ? HtmlFragment.Empty : HtmlFragment.Of($""" · <bdi>{texts.Format("Publisher", publisher)}</bdi>""");
        return HtmlFragment.Of($"""<bdi>{AppletArchive.NameOf(context.Organization, platform)}</bdi> · <bdi>{size}</bdi>{signedBy}""");
    }

    private HtmlFragment Trust(CustomerTexts texts, string? reference)
    {
        var about = reference is null ? HtmlFragment.Empty : HtmlFragment.Of($"""<p>{texts.Format("Trust_Reference", reference)}</p>""");
        var check = OrganizationLook.Of(context.Organization).Check is { } ways ? HtmlFragment.Of($"""<p>{texts["Check"]} {ways}</p>""") : HtmlFragment.Empty;
        return HtmlFragment.Of(
            $"""
            <section class="trust">
            <h2>{texts["Trust_Title"]}</h2>
            <p>{texts["Trust_Sees"]}</p>
            {about}
            {check}
            </section>
            """);
    }

    private IEnumerable<HtmlFragment> Downloads(CustomerTexts texts, DevicePlatform? except, string query) => available.Keys
        .Where(platform => platform != except).Order()
        .Select(platform => HtmlFragment.Of($"""<li><a href="{Download(platform, query)}">{texts.Format("DownloadFor", texts[platform.ToName()])}</a></li>"""));

    private IEnumerable<HtmlFragment> Browser(CustomerTexts texts, DevicePlatform? platform, string query) => MayLack(platform)
        ? [HtmlFragment.Of($"""<li><a href="{context.Browser}{query}">{texts[offer == BrowserOffer.Always ? "BrowserButton" : "BrowserElsewhere"]}</a></li>""")]
        : [];

    private HtmlFragment AnotherDevice(CustomerTexts texts, string query) =>
        HtmlFragment.Of($"""<li><a href="{context.AnotherDevice}{query}">{texts["AnotherDevice"]}</a></li>""");

    // A phone or tablet that asks for desktop pages calls itself a Mac (Apple) or Linux (Android), so that neither is sure to run a program.
    private bool MayLack(DevicePlatform? platform) => offer switch
    {
        BrowserOffer.Never => false,
        BrowserOffer.Always => true,
        _ => platform is null || (detected is { } came && !available.ContainsKey(came))
            || (platform == DevicePlatform.MacOS && !available.ContainsKey(DevicePlatform.IOS))
            || (platform == DevicePlatform.Linux && !available.ContainsKey(DevicePlatform.Android)),
    };

    private static HtmlFragment Links(IEnumerable<HtmlFragment> links, string? label = null)
    {
        var first = label is null ? HtmlFragment.Empty : HtmlFragment.Of($"""<li>{label}</li>""");
        return HtmlFragment.Of($"""<ul class="others">{first}{HtmlFragment.Concat(links)}</ul>""");
    }

    private HtmlFragment Unasked(CustomerTexts texts, string query) =>
        HtmlFragment.Of($"""<p class="soft"><a href="{context.Decline}{query}">{texts["DeclineLink"]}</a></p>""");

    private string Download(DevicePlatform platform, string query) => $"{context.PinPage}/applet/{platform.ToName()}{query}";
}

using Rescue.Sessions.AspNetCore.Customers.Html;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Devices;
using Rescue.Sessions.Joining;

namespace Rescue.Sessions.AspNetCore.Customers;

/// <summary>Offers the applet for the customer's platform, with the others in reach, since detection can be wrong.</summary>
internal sealed class LandingPage(
    CustomerContext context, ICollection<DevicePlatform> available, DevicePlatform? detected, TimeProvider time)
{
    /// <summary>For a link with a live token: the download carries the code, and nothing is to be typed.</summary>
    public CustomerPage ForLink(CustomerTexts texts, CodeLookup.Found found)
    {
        var session = found.Session;
        var left = (session.ExpiresAt - time.GetUtcNow()).TotalMinutes;
        return new(
            texts,
            context.Organization,
            texts.Format("LandingHeading", session.CustomerName),
            HtmlFragment.Of(
                $"""
                <p>{texts.Format("LandingIntro", session.CreatedBy.Name, context.Organization.Name)}</p>
                {CustomerErrors.Newer(texts, found.HasNewerInvitation)}
                {Steps(texts, session.Platform ?? detected, found.Link.ToUri().Query, HtmlFragment.Empty)}
                <p class="soft">{(left < 1 ? texts["ValidOneMinute"] : texts.Format("ValidUntil", Math.Ceiling(left)))}</p>
                """));
    }

    /// <summary>For a PIN that was typed at another organisation's door: a form must not lead to another host, and a link may.</summary>
    public CustomerPage ForElsewhere(CustomerTexts texts, CodeLookup.Found found) => new(
        texts,
        context.Organization,
        texts.Format("LandingHeading", found.Session.CustomerName),
        HtmlFragment.Of(
            $"""
            <p>{texts.Format("LandingIntro", found.Session.CreatedBy.Name, context.Organization.Name)}</p>
            <p><a class="button" href="{found.Link.ToUri().AbsoluteUri}">{texts.Format("ContinueAt", context.Organization.PublicBaseUri.IdnHost)}</a></p>
            """));

    /// <summary>For a link by PIN alone, about which nothing was looked up.</summary>
    public CustomerPage ForPin(CustomerTexts texts, PinCode pin)
    {
        var step = HtmlFragment.Of($"""<li>{texts.Format("StepPin", "")} <span class="pin" dir="ltr">{pin.Digits}</span></li>""");
        return new(
            texts,
            context.Organization,
            texts["LandingHeadingNoName"],
            HtmlFragment.Of(
                $"""
                <p>{texts["LandingIntroNoName"]}</p>
                {Steps(texts, detected, "", step)}
                """));
    }

    private HtmlFragment Steps(CustomerTexts texts, DevicePlatform? platform, string query, HtmlFragment pinStep)
    {
        var others = available.Where(candidate => candidate != platform).Order();
        if (platform is not { } own || !available.Contains(own))
        {
            var why = platform is { } missing ? texts.Format("Unsupported", texts[missing.ToName()]) : texts["UnknownDevice"];
            return HtmlFragment.Of($"""<p>{why}</p>{Links(texts, others, query)}""");
        }

        return HtmlFragment.Of(
            $"""
            <ol>
            <li>{texts["StepDownload"]}</li>
            <li>{texts.StepOpen(own)}</li>
            {pinStep}
            <li>{texts["StepWait"]}</li>
            </ol>
            <p><a class="button" href="{Download(own, query)}">{texts.Format("DownloadFor", texts[own.ToName()])}</a></p>
            {(available.Count > 1 ? Links(texts, others, query, texts["OtherDevices"]) : HtmlFragment.Empty)}
            """);
    }

    private HtmlFragment Links(CustomerTexts texts, IEnumerable<DevicePlatform> platforms, string query, string? label = null)
    {
        var links = HtmlFragment.Concat(platforms.Select(platform => HtmlFragment.Of(
            $"""<li><a href="{Download(platform, query)}">{texts.Format("DownloadFor", texts[platform.ToName()])}</a></li>""")));
        var first = label is null ? HtmlFragment.Empty : HtmlFragment.Of($"""<li>{label}</li>""");
        return HtmlFragment.Of($"""<ul class="others">{first}{links}</ul>""");
    }

    private string Download(DevicePlatform platform, string query) => $"{context.PinPage}/applet/{platform.ToName()}{query}";
}

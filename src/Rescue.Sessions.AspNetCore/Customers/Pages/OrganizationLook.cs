using System.Buffers;
using System.Runtime.CompilerServices;
using Rescue.Sessions.AspNetCore.Html;
using Rescue.Sessions.Organizations;

namespace Rescue.Sessions.AspNetCore.Customers.Pages;

/// <summary>What an organisation adds to a page: its colours, its logo, and how a customer can check that it is the one. Made once for each.</summary>
internal sealed class OrganizationLook
{
    private static readonly SearchValues<char> BehindNumbers = SearchValues.Create("ext,;#*");

    private static readonly ConditionalWeakTable<Organization, OrganizationLook> Known = [];

    private OrganizationLook(Organization organization)
    {
        if (organization.AccentColor != Organization.DefaultAccentColor)
        {
            var style = $"{Accent(organization.AccentColor, "#ffffff")} @media (prefers-color-scheme: dark) {{ {Accent(organization.DarkAccentColor, "#0a1626")} }}";
            Style = HtmlFragment.Of($"<style>{new HtmlFragment(style)}</style>");
            StyleSource = PageStyle.SourceOf(style);
        }

        if (organization.Logo is { } logo)
        {
            // The name stands beside it, and is not to be read twice.
            Logo = HtmlFragment.Of($"""<img class="logo" src="{new HtmlFragment(logo.DataUri)}" alt="">""");
            ImageSource = "img-src data:; ";
        }

        Check = Ways(organization);
    }

    public HtmlFragment Style { get; } = HtmlFragment.Empty;

    /// <summary>What the page's policy says of the style.</summary>
    public string StyleSource { get; } = "";

    public HtmlFragment Logo { get; } = HtmlFragment.Empty;

    /// <summary>What the page's policy says of the logo.</summary>
    public string ImageSource { get; } = "";

    /// <summary>Number and page by which a customer can check; null where there is neither.</summary>
    public HtmlFragment? Check { get; }

    public static OrganizationLook Of(Organization organization) => Known.GetValue(organization, made => new(made));

    private static string Accent(string color, string onColor) => $":root {{ --accent: {color}; --on-accent: {onColor}; }}";

    private static HtmlFragment? Ways(Organization organization)
    {
        var ways = new List<HtmlFragment>();
        if (organization.Phone is { } phone)
            ways.Add(HtmlFragment.Of($"""<a dir="ltr" href="tel:{Dialled(phone)}">{phone}</a>"""));
        if (organization.Url is { } page)
            ways.Add(HtmlFragment.Of($"""<a dir="ltr" href="{page.AbsoluteUri}">{Shown(page)}</a>"""));
        return ways.Count == 0 ? null : new(string.Join(" · ", ways));
    }

    // RFC 3966: what people put between the digits is not dialled, and what follows a letter is an extension.
    private static string Dialled(string phone)
    {
        var number = phone.AsSpan();
        var extension = number.IndexOfAny(BehindNumbers);
        return string.Concat((extension < 0 ? number : number[..extension]).ToString().Where(sign => sign == '+' || char.IsAsciiDigit(sign)));
    }

    private static string Shown(Uri page) => page.IdnHost + (page.AbsolutePath == "/" ? "" : page.AbsolutePath);
}

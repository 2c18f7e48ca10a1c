using System.Net;
using System.Runtime.CompilerServices;
using Rescue.Sessions.Organizations;

namespace Rescue.Sessions.Email.Templates;

/// <summary>What a message that is laid out from its text shows of its organisation: the colours, the logo, and by which number and page it can be checked. Immutable.</summary>
internal sealed class MessageLook
{
    /// <summary>The most bytes of all that a look adds: the longest number and page, encoded, in address and words, and the longest name beside the logo.</summary>
    public const int MaxBytes = 12 * 1024;

    private const double LogoWidth = 200;
    private const double LogoHeight = 64;

    private static readonly ConditionalWeakTable<Organization, MessageLook> Known = [];

    private MessageLook(string accent, string darkAccent, string? phone, Uri? page, OrganizationLogo? logo, string name)
    {
        Logo = logo is null ? "" : Image(logo, name);
        Accent = accent;
        DarkAccent = darkAccent;
        Check = string.Join(" ·", ((string?[])[Phone(phone), Page(page, accent)]).OfType<string>());
    }

    /// <summary>That of a product that has set nothing.</summary>
    public static MessageLook Default { get; } = new(Organization.DefaultAccentColor, "#a8c7fa", null, null, null, "");

    public string Accent { get; }

    public string DarkAccent { get; }

    /// <summary>The logo as an <c>img</c> element with the organisation's name for words, never larger than it is; empty where there is none.</summary>
    public string Logo { get; }

    /// <summary>Number and page as HTML; empty where there is neither.</summary>
    public string Check { get; }

    public static MessageLook Of(Organization organization) =>
        Known.GetValue(organization, made => new(made.AccentColor, made.DarkAccentColor, made.Phone, made.Url, made.Logo, made.Name));

    // Some mail programs heed attributes alone, others the style.
    private static string Image(OrganizationLogo logo, string name)
    {
        var scale = Math.Min(1, Math.Min(LogoWidth / logo.Width, LogoHeight / logo.Height));
        var (width, height) = (Math.Max(1, (int)(logo.Width * scale)), Math.Max(1, (int)(logo.Height * scale)));
        return $"<img class=\"logo\" src=\"{MessageLogo.Address}\" alt=\"{WebUtility.HtmlEncode(name)}\" width=\"{width}\" height=\"{height}\" style=\"border:0\">";
    }

    private static string? Phone(string? number) => number is null ? null : $" <span dir=\"ltr\">{WebUtility.HtmlEncode(number)}</span>";

    private static string? Page(Uri? page, string accent) => page is null
        ? null
        : $" <a class=\"link\" dir=\"ltr\" href=\"{WebUtility.HtmlEncode(page.AbsoluteUri)}\" style=\"color:{accent}\">{WebUtility.HtmlEncode(page.IdnHost + (page.AbsolutePath == "/" ? "" : page.AbsolutePath))}</a>";
}

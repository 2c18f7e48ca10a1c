using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using Rescue.Sessions.Organizations;

namespace Rescue.Sessions.Email.Templates;

/// <summary>What a message that is laid out from its text shows of its organisation: the colours, and by which number and page it can be checked. Immutable.</summary>
internal sealed class MessageLook
{
    /// <summary>The most bytes of all that a look adds: the longest number and page, encoded, in address and words.</summary>
    public const int MaxBytes = 8 * 1024;

    private static readonly ConditionalWeakTable<Organization, MessageLook> Known = [];

    private MessageLook(string accent, string darkAccent, string? phone, Uri? page)
    {
        Accent = Encoding.UTF8.GetBytes(accent);
        DarkAccent = Encoding.UTF8.GetBytes(darkAccent);
        Check = Encoding.UTF8.GetBytes(string.Join(" ·", ((string?[])[Phone(phone), Page(page, accent)]).OfType<string>()));
    }

    /// <summary>That of a product that has set nothing.</summary>
    public static MessageLook Default { get; } = new(Organization.DefaultAccentColor, "#a8c7fa", null, null);

    public byte[] Accent { get; }

    public byte[] DarkAccent { get; }

    /// <summary>Number and page as HTML; empty where there is neither.</summary>
    public byte[] Check { get; }

    public static MessageLook Of(Organization organization) =>
        Known.GetValue(organization, made => new(made.AccentColor, made.DarkAccentColor, made.Phone, made.Url));

    private static string? Phone(string? number) => number is null ? null : $" <span dir=\"ltr\">{WebUtility.HtmlEncode(number)}</span>";

    private static string? Page(Uri? page, string accent) => page is null
        ? null
        : $" <a class=\"link\" dir=\"ltr\" href=\"{WebUtility.HtmlEncode(page.AbsoluteUri)}\" style=\"color:{accent}\">{WebUtility.HtmlEncode(page.IdnHost + (page.AbsolutePath == "/" ? "" : page.AbsolutePath))}</a>";
}

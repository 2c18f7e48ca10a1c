using Rescue.Sessions.Organizations;

namespace Rescue.Sessions.Email.Templates;

/// <summary>
/// The organisation's logo in HTML. Layouts and templates call it by one address; the message that is sent calls it by the image's own, which no other
/// image has. Values cannot say either, for in them quotes are encoded.
/// </summary>
internal static class MessageLogo
{
    /// <summary>What the <c>src</c> of an image says for the logo.</summary>
    public const string Address = "cid:logo";

    // Beyond that the HTML of a preview would grow by the image again and again.
    private const int MostShown = 4;

    public static bool IsIn(string html) => html.Contains(Quoted('"', Address), StringComparison.Ordinal) || html.Contains(Quoted('\'', Address), StringComparison.Ordinal);

    /// <summary>Calls it by its Content-ID.</summary>
    public static string Name(string html, OrganizationLogo logo) => html
        .Replace(Quoted('"', Address), Quoted('"', AddressOf(logo)), StringComparison.Ordinal)
        .Replace(Quoted('\'', Address), Quoted('\'', AddressOf(logo)), StringComparison.Ordinal);

    /// <summary>Puts it into the HTML of a message, in the first few places, for who shows that without its parts.</summary>
    public static string Show(string html, OrganizationLogo logo)
    {
        var pieces = html.Split(AddressOf(logo), MostShown + 1);
        return string.Join(logo.DataUri, pieces);
    }

    private static string AddressOf(OrganizationLogo logo) => $"cid:{logo.ContentId}";

    private static string Quoted(char quote, string address) => $"{quote}{address}{quote}";
}

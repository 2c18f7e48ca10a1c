using Rescue.Sessions.Email.Templates;

namespace Rescue.Sessions.Email.Messages;

/// <summary>
/// The built-in invitations, used until an administrator writes one. They are templates like any other, one resource file a language:
/// who asks, the link, the PIN, how long both are valid, and what to do if one did not ask for help. Whether a program or the browser joins is the page's to say.
/// </summary>
public static class InvitationMessages
{
    /// <summary>
    /// The invitation in a language, or in the nearest we have: first the tag itself, then its parents (RFC 4647, section 3.4), then English.
    /// <see cref="EmailTemplateSource.Language"/> says which it became. Those of a host's own languages are not here.
    /// </summary>
    /// <param name="language">A BCP 47 language tag such as <c>fr</c> or <c>fr-CA</c>; <see langword="null"/> for English.</param>
    public static EmailTemplateSource For(string? language) => MailWords.Shipped.Nearest(language);
}

namespace Rescue.Sessions.Email;

/// <summary>A message for the technician's own mail program. A draft has not been sent, and nobody tells us whether it ever is.</summary>
/// <param name="Mailto">
/// A <c>mailto:</c> URI (RFC 6068) of at most 2,000 characters with the whole link in it, or null when the message does not fit.
/// </param>
/// <param name="Eml">The message source (RFC 5322) with <c>X-Unsent: 1</c>, which mail programs open as a message to be edited and sent.</param>
/// <param name="Text">The plain text, to copy and paste; its line breaks are <c>\n</c>.</param>
public sealed record EmailDraft(string? Mailto, string Eml, string Text)
{
    /// <summary>Names the type only: a draft holds an address and a link that opens a session.</summary>
    public override string ToString() => nameof(EmailDraft);
}

namespace Rescue.Sessions.Email.Templates;

/// <summary>The words of one message, ready to be put into a mail.</summary>
/// <param name="subject">The subject, one line.</param>
/// <param name="text">The plain text body.</param>
/// <param name="html">The HTML body, if there is one.</param>
public sealed class RenderedEmail(string subject, string text, string? html)
{
    /// <summary>The subject, one line.</summary>
    public string Subject { get; } = subject;

    /// <summary>The plain text body. It contains the link, so it is a secret until the session is joined.</summary>
    public string Text { get; } = text;

    /// <summary>The HTML body, or <see langword="null"/> for a message in plain text alone. A secret like <see cref="Text"/>.</summary>
    public string? Html { get; } = html;
}

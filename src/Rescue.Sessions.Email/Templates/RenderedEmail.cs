namespace Rescue.Sessions.Email.Templates;

/// <summary>The words of one message, ready to be put into a mail.</summary>
public sealed class RenderedEmail
{
    internal RenderedEmail(string subject, string text, string? html)
    {
        Subject = subject;
        Text = text;
        Html = html;
    }

    /// <summary>The subject, one line.</summary>
    public string Subject { get; }

    /// <summary>The plain text body. It contains the link, so it is a secret until the session is joined.</summary>
    public string Text { get; }

    /// <summary>The HTML body, or <see langword="null"/> for a message in plain text alone. A secret like <see cref="Text"/>.</summary>
    public string? Html { get; }
}

namespace Rescue.Sessions.Email.Templates;

/// <summary>What an administrator writes: the subject, the plain text and, if wanted, the HTML of an invitation.</summary>
/// <param name="Subject">The subject line, one line. Empty, as where a configuration has none, it is refused.</param>
/// <param name="Text">The plain text body. Empty, it is refused too.</param>
/// <param name="Html">The HTML body; when it is <see langword="null"/> or blank, it is laid out from the text.</param>
public sealed record EmailTemplateSource(string Subject = "", string Text = "", string? Html = null)
{
    /// <summary>The language the template is written in, as a BCP 47 tag, <c>en</c> by default; it becomes <c>lang</c> and <c>dir</c> of the laid-out HTML.</summary>
    public string Language { get; init; } = "en";
}

using Rescue.Sessions.Email.Templates;

namespace Rescue.Sessions.Email.Settings;

/// <summary>How a template would look in a message to an invented customer.</summary>
public sealed record TemplatePreview
{
    /// <summary>The words of the message; null when the template has an error, or the message cannot be written.</summary>
    public RenderedEmail? Message { get; init; }

    /// <summary>
    /// The characters of a <c>mailto:</c> URI that carries all of the text. Over 1,600 a draft holds what stands nearest the link, and all of it is in
    /// the draft's file. Null when there is no <see cref="Message"/>.
    /// </summary>
    public int? MailtoLength { get; init; }

    /// <summary>Why the message cannot be written although the template has no error; null when it can.</summary>
    public string? NotWritten { get; init; }

    /// <summary>Every problem, errors and warnings.</summary>
    public IReadOnlyList<TemplateProblem> Problems { get; init; } = [];
}

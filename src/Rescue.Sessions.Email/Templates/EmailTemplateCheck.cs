using System.Diagnostics.CodeAnalysis;

namespace Rescue.Sessions.Email.Templates;

/// <summary>The outcome of checking a template: the template ready to render, or every reason why not.</summary>
internal sealed class EmailTemplateCheck
{
    public EmailTemplateCheck(EmailTemplate? template, IReadOnlyList<TemplateProblem> problems)
    {
        Template = template;
        Problems = problems;
    }

    /// <summary>Whether the template can be used. Warnings alone do not refuse it.</summary>
    [MemberNotNullWhen(true, nameof(Template))]
    public bool IsAccepted => Template is not null;

    /// <summary>The template, ready to render; <see langword="null"/> when there is an error among <see cref="Problems"/>.</summary>
    public EmailTemplate? Template { get; }

    /// <summary>Every problem, in the order subject, text, HTML and then by place; at most 50, the last then saying that there are more.</summary>
    public IReadOnlyList<TemplateProblem> Problems { get; }
}

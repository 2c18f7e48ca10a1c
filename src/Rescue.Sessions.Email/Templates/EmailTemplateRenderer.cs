using System.Globalization;
using System.Runtime.CompilerServices;
using Rescue.Sessions.Email.Languages;

namespace Rescue.Sessions.Email.Templates;

/// <summary>The built-in renderer: Scriban, closed, with the templates in use kept compiled.</summary>
internal sealed class EmailTemplateRenderer(TemplateNames names, MailWords words) : IEmailTemplateRenderer
{
    // The settings keep one source for each saved version of a tenant, language and platform, and the built-in ones for ever.
    private readonly ConditionalWeakTable<EmailTemplateSource, EmailTemplate> compiled = [];

    public IReadOnlyList<TemplateProblem> Check(EmailTemplateSource template, CultureInfo? culture = null)
    {
        ArgumentNullException.ThrowIfNull(template);
        // What renders has no errors, and without a culture nobody reads its warnings.
        return culture is null && compiled.TryGetValue(template, out _) ? [] : EmailTemplate.Check(template, culture, names, words).Problems;
    }

    public RenderedEmail Render(EmailTemplateSource template, TemplateValues values)
    {
        ArgumentNullException.ThrowIfNull(template);
        return compiled.GetValue(template, Compile).Render(values);
    }

    private EmailTemplate Compile(EmailTemplateSource source)
    {
        var check = EmailTemplate.Check(source, null, names, words);
        if (check.IsAccepted)
            return check.Template;
        var problem = check.Problems.First(problem => problem.Severity == TemplateProblemSeverity.Error);
        throw new InvalidOperationException(
            $"The email template has an error in its {problem.Part}, line {problem.Line}, column {problem.Column}: {problem.Code}. Check templates when they are saved.");
    }
}

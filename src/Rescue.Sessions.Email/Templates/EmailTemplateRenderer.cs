using System.Collections.Concurrent;
using System.Globalization;

namespace Rescue.Sessions.Email.Templates;

/// <summary>The built-in renderer: the closed language, with the templates in use kept compiled.</summary>
internal sealed class EmailTemplateRenderer : IEmailTemplateRenderer
{
    /// <summary>A deployment has a template for each language and platform; beyond this number it is cheaper to begin again than to keep count.</summary>
    private const int MaxCompiled = 64;

    private readonly ConcurrentDictionary<EmailTemplateSource, EmailTemplate> compiled = new();

    public IReadOnlyList<TemplateProblem> Check(EmailTemplateSource template, CultureInfo? culture = null)
    {
        ArgumentNullException.ThrowIfNull(template);
        // What renders has no errors, and without a culture nobody reads its warnings.
        return culture is null && compiled.ContainsKey(template) ? [] : EmailTemplate.Check(template, culture).Problems;
    }

    public RenderedEmail Render(EmailTemplateSource template, TemplateValues values)
    {
        ArgumentNullException.ThrowIfNull(template);
        if (compiled.Count >= MaxCompiled) compiled.Clear();
        return compiled.GetOrAdd(template, Compile).Render(values);
    }

    private static EmailTemplate Compile(EmailTemplateSource source)
    {
        var check = EmailTemplate.Check(source);
        if (check.IsAccepted) return check.Template;
        var problem = check.Problems.First(problem => problem.Severity == TemplateProblemSeverity.Error);
        throw new InvalidOperationException(
            $"The email template has an error in its {problem.Part}, line {problem.Line}, column {problem.Column}: {problem.Code}. Check templates when they are saved.");
    }
}

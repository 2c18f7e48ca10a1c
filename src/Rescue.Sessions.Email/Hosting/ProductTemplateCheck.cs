using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Email.Messages;
using Rescue.Sessions.Email.Templates;
using Rescue.Sessions.Languages;

namespace Rescue.Sessions.Email.Hosting;

/// <summary>
/// Checks the product's own templates when the host starts, as an administrator's are when they are saved. Not with the other options: what a template may say, the
/// renderer decides, which reads the options itself.
/// </summary>
internal sealed class ProductTemplateCheck(IOptionsMonitor<IMessageOptions> options, IEmailTemplateRenderer renderer) : IHostedService
{
    /// <exception cref="OptionsValidationException">A template could not be saved either.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var templates = options.CurrentValue.Templates;
        string[] failures = [.. templates.SelectMany(Problems), .. Twice(templates)];
        return failures.Length == 0 ? Task.CompletedTask : throw new OptionsValidationException(Options.DefaultName, typeof(EmailOptions), failures);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IEnumerable<string> Problems(EmailTemplateSource? template, int index)
    {
        if (template is not { Subject: not null, Text: not null })
            return [$"Email.Templates[{index}] lacks its subject or its text. Give it both."];
        var problems = new List<string>();
        if (!LanguageTag.IsWellFormed(template.Language))
        {
            problems.Add($"Email.Templates[{index}].Language must be a BCP 47 language tag. Set it to one such as nl or fr-CA.");
            // What else is wrong does not wait for the next start.
            template = template with { Language = Words.Last };
        }

        problems.AddRange(renderer.Check(template, CultureInfo.InvariantCulture)
            .Where(problem => problem.Severity == TemplateProblemSeverity.Error)
            .Select(problem => $"Email.Templates[{index}].{problem.Part}, line {problem.Line}, column {problem.Column}: {problem.Message} {problem.Hint}"));
        return problems;
    }

    private static IEnumerable<string> Twice(IEnumerable<EmailTemplateSource?> templates) => templates
        .Where(template => LanguageTag.IsWellFormed(template?.Language))
        .GroupBy(template => LanguageTag.Normalize(template!.Language))
        .Where(language => language.Count() > 1)
        .Select(language => $"Email.Templates has {language.Key} twice. Give each language one.");
}

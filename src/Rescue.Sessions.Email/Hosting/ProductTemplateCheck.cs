using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Email.Languages;
using Rescue.Sessions.Email.Templates;

namespace Rescue.Sessions.Email.Hosting;

/// <summary>
/// Checks the product's own templates when the host starts, as an administrator's are when they are saved. Not with the other options: what a template may say, the
/// renderer decides, which reads the options itself.
/// </summary>
internal sealed class ProductTemplateCheck(IOptionsMonitor<ILanguageOptions> options, IEmailTemplateRenderer renderer) : IHostedService
{
    /// <exception cref="OptionsValidationException">A template could not be saved either.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        string[] failures = [.. options.CurrentValue.Templates.SelectMany(Problems)];
        return failures.Length == 0 ? Task.CompletedTask : throw new OptionsValidationException(Options.DefaultName, typeof(EmailOptions), failures);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IEnumerable<string> Problems(EmailTemplateSource template, int index) => renderer.Check(template, CultureInfo.InvariantCulture)
        .Where(problem => problem.Severity == TemplateProblemSeverity.Error)
        .Select(problem => $"Email.Templates[{index}].{problem.Part}, line {problem.Line}, column {problem.Column}: {problem.Message} {problem.Hint}");
}

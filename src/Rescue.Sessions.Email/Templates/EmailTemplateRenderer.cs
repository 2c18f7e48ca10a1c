using System.Globalization;
using Rescue.Sessions.Email.Languages;

namespace Rescue.Sessions.Email.Templates;

/// <summary>The built-in renderer: Scriban, closed.</summary>
internal sealed class EmailTemplateRenderer(TemplateNames names, MailWords words) : IEmailTemplateRenderer
{
    public IReadOnlyList<TemplateProblem> Check(EmailTemplateSource template, CultureInfo? culture = null) => Compile(template, culture).Problems;

    public RenderedEmail Render(EmailTemplateSource template, TemplateValues values) => Compile(template, CultureInfo.InvariantCulture).Render(values);

    /// <summary>Checks a template and keeps what renders it.</summary>
    public EmailTemplate Compile(EmailTemplateSource template, CultureInfo? culture) => EmailTemplate.Check(template, culture, names, words);
}

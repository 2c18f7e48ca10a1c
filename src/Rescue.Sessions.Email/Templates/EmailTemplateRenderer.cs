using System.Globalization;
using System.Runtime.CompilerServices;
using Rescue.Sessions.Languages;

namespace Rescue.Sessions.Email.Templates;

/// <summary>The built-in renderer: Scriban, closed.</summary>
internal sealed class EmailTemplateRenderer(TemplateNames names, Words layout) : IEmailTemplateRenderer
{
    // For a renderer that a host puts around this one, which asks for each message.
    private readonly ConditionalWeakTable<EmailTemplateSource, EmailTemplate> compiled = [];

    public IReadOnlyList<TemplateProblem> Check(EmailTemplateSource template, CultureInfo? culture = null) => Compile(template, culture).Problems;

    public RenderedEmail Render(EmailTemplateSource template, TemplateValues values) =>
        compiled.GetValue(template, source => Compile(source, CultureInfo.InvariantCulture)).Render(values);

    /// <summary>Checks a template and keeps what renders it.</summary>
    public EmailTemplate Compile(EmailTemplateSource template, CultureInfo? culture) => EmailTemplate.Check(template, culture, names, layout);
}

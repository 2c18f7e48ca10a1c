using System.Globalization;
using Rescue.Sessions.Email.Languages;

namespace Rescue.Sessions.Email.Templates;

/// <summary>
/// An invitation that has been checked and compiled: it renders, and every way through it contains the link. The language is
/// Scriban's, closed to what is pure and bounded. Immutable, and safe for many threads.
/// </summary>
internal sealed class EmailTemplate
{
    private readonly TemplatePlan subject;
    private readonly TemplatePlan text;
    private readonly TemplatePlan? html;
    private readonly LayoutMarkup? layout;

    public EmailTemplate(EmailTemplateSource source, TemplatePlan subject, TemplatePlan text, TemplatePlan? html, LayoutMarkup? layout)
    {
        Source = source;
        this.subject = subject;
        this.text = text;
        this.html = html;
        this.layout = layout;
    }

    /// <summary>What the template was made from.</summary>
    public EmailTemplateSource Source { get; }

    /// <summary>Checks a template: the template ready to render, or all its problems at once. A bad template is no exception.</summary>
    /// <param name="source">The template.</param>
    /// <param name="culture">The language of the problems' messages; <see langword="null"/> for <see cref="CultureInfo.CurrentUICulture"/>.</param>
    /// <exception cref="ArgumentException"><see cref="EmailTemplateSource.Language"/> is no language tag, or a part is <see langword="null"/>.</exception>
    public static EmailTemplateCheck Check(EmailTemplateSource source, CultureInfo? culture = null) => Check(source, culture, TemplateNames.BuiltIn, MailWords.Shipped);

    /// <summary>Checks a template that may use more names than the built-in ones, and be in more languages than ours.</summary>
    public static EmailTemplateCheck Check(EmailTemplateSource source, CultureInfo? culture, TemplateNames names, MailWords words) =>
        EmailTemplateChecker.Check(source, culture, names, words);

    /// <summary>Renders the whole message. Names and links are encoded in HTML for the place they stand in.</summary>
    /// <exception cref="TemplateRenderException">An expression failed, or reached a limit.</exception>
    public RenderedEmail Render(TemplateValues values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var (title, words) = (subject.Render(values), text.Render(values));
        return new(title, words, html?.Render(values) ?? TextLayout.Write(layout!, title, words, values));
    }
}

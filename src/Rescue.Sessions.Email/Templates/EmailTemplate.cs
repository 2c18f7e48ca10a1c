using System.Globalization;
using Rescue.Sessions.Languages;

namespace Rescue.Sessions.Email.Templates;

/// <summary>
/// An invitation that has been checked: all that is wrong with it and, where none of it is an error, ready to render, with the link on every way through it. The
/// language is Scriban's, closed to what is pure and bounded, unless the host has a renderer of its own. Immutable, and safe for many threads.
/// </summary>
internal sealed class EmailTemplate
{
    private readonly TemplatePlan? subject;
    private readonly TemplatePlan? text;
    private readonly TemplatePlan? html;
    private readonly LayoutMarkup? layout;
    private readonly IEmailTemplateRenderer? renderer;

    /// <summary>A template with an error among its problems.</summary>
    public EmailTemplate(EmailTemplateSource source, IReadOnlyList<TemplateProblem> problems)
    {
        Source = source;
        Problems = problems;
        Error = problems.FirstOrDefault(problem => problem.Severity == TemplateProblemSeverity.Error);
    }

    /// <summary>A template that may have warnings.</summary>
    public EmailTemplate(EmailTemplateSource source, IReadOnlyList<TemplateProblem> problems, TemplatePlan subject, TemplatePlan text, TemplatePlan? html, LayoutMarkup? layout)
        : this(source, problems)
    {
        this.subject = subject;
        this.text = text;
        this.html = html;
        this.layout = layout;
    }

    private EmailTemplate(EmailTemplateSource source, IReadOnlyList<TemplateProblem> problems, IEmailTemplateRenderer renderer)
        : this(source, problems) => this.renderer = renderer;

    /// <summary>What it was made from.</summary>
    public EmailTemplateSource Source { get; }

    /// <summary>Every problem, in the order subject, text, HTML and then by place; at most 50, the last then saying that there are more.</summary>
    public IReadOnlyList<TemplateProblem> Problems { get; }

    /// <summary>The first problem for which the template is refused; <see langword="null"/> when it can be used.</summary>
    public TemplateProblem? Error { get; }

    /// <summary>Whether it can be used. Warnings alone do not refuse it.</summary>
    public bool IsAccepted => Error is null;

    /// <summary>Checks a template. A bad one is no exception.</summary>
    /// <param name="source">The template.</param>
    /// <param name="culture">The language of the problems' messages; <see langword="null"/> for <see cref="CultureInfo.CurrentUICulture"/>.</param>
    /// <exception cref="ArgumentException"><see cref="EmailTemplateSource.Language"/> is no language tag, or a part is <see langword="null"/>.</exception>
    public static EmailTemplate Check(EmailTemplateSource source, CultureInfo? culture = null) => Check(source, culture, TemplateNames.BuiltIn, LayoutMarkup.ShippedWords);

    /// <summary>Checks a template that may use more names than the built-in ones, and be in more languages than ours.</summary>
    public static EmailTemplate Check(EmailTemplateSource source, CultureInfo? culture, TemplateNames names, Words layout)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(source.Subject);
        ArgumentNullException.ThrowIfNull(source.Text);
        ArgumentNullException.ThrowIfNull(source.Language);
        if (!LanguageTag.IsWellFormed(source.Language))
            throw new ArgumentException("Language must be a BCP 47 language tag such as \"fr\" or \"pt-BR\".", nameof(source));
        return new EmailTemplateChecker(source, culture, names, layout).Check();
    }

    /// <summary>Checks a template by the renderer that the host has.</summary>
    public static EmailTemplate Check(EmailTemplateSource source, CultureInfo? culture, IEmailTemplateRenderer renderer) =>
        renderer is EmailTemplateRenderer builtIn ? builtIn.Compile(source, culture) : new(source, renderer.Check(source, culture), renderer);

    /// <summary>Renders the whole message. Names and links are encoded in HTML for the place they stand in.</summary>
    /// <exception cref="TemplateRenderException">An expression failed, or reached a limit; or the template has an error, such as a built-in one where a renderer of the host's speaks another language.</exception>
    public RenderedEmail Render(TemplateValues values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (Error is not null)
            throw new TemplateRenderException($"The email template has an error in its {Error.Part}, line {Error.Line}, column {Error.Column}: {Error.Code}. An administrator must change the template.");
        if (renderer is not null)
            return RenderByHost(renderer, values);
        var (title, body) = (subject!.Render(values), text!.Render(values));
        return new(title, body, html?.Render(values) ?? TextLayout.Write(layout!, title, body, values));
    }

    private RenderedEmail RenderByHost(IEmailTemplateRenderer own, TemplateValues values)
    {
        try
        {
            return own.Render(Source, values);
        }
        catch (InvalidOperationException failure) when (failure is not TemplateRenderException)
        {
            throw new TemplateRenderException(failure);
        }
    }
}

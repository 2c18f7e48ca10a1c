using System.Globalization;

namespace Rescue.Sessions.Email.Templates;

/// <summary>
/// Turns a template into the words of a message. The built-in renderer speaks Scriban, closed to what is pure and bounded; a host
/// that wants another language registers its own.
/// </summary>
/// <remarks>Implementations must be safe for use by many threads at once, and must encode values for HTML themselves.</remarks>
public interface IEmailTemplateRenderer
{
    /// <summary>Checks a template when it is saved, and again when it is used, for it may have been saved by another version.</summary>
    /// <param name="template">The parts of the template.</param>
    /// <param name="culture">The language of the problems' messages; <see langword="null"/> for <see cref="CultureInfo.CurrentUICulture"/>.</param>
    /// <returns>Every problem. A template with an error among them is neither saved nor rendered.</returns>
    IReadOnlyList<TemplateProblem> Check(EmailTemplateSource template, CultureInfo? culture = null);

    /// <summary>Renders one message.</summary>
    /// <param name="template">The parts of the template.</param>
    /// <param name="values">The values of the placeholders.</param>
    /// <returns>The rendered subject, text and HTML.</returns>
    /// <exception cref="InvalidOperationException">
    /// The template cannot be rendered; templates are to be checked when they are saved. Nothing is stored or sent, and the technician reads the message, so it must
    /// say what to change and quote no value.
    /// </exception>
    RenderedEmail Render(EmailTemplateSource template, TemplateValues values);
}

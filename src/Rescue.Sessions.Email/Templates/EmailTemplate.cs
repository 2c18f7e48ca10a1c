using System.Buffers;
using System.Globalization;
using System.Text;

namespace Rescue.Sessions.Email.Templates;

/// <summary>
/// An invitation that has been checked and compiled: it renders, and every way through it contains the link. The language is
/// Scriban's, closed to what is pure and bounded. Immutable, and safe for many threads.
/// </summary>
public sealed class EmailTemplate
{
    private readonly TemplatePlan subject;
    private readonly TemplatePlan text;
    private readonly TemplatePlan? html;
    private readonly LayoutMarkup? layout;

    internal EmailTemplate(EmailTemplateSource source, TemplatePlan subject, TemplatePlan text, TemplatePlan? html, LayoutMarkup? layout)
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
    public static EmailTemplateCheck Check(EmailTemplateSource source, CultureInfo? culture = null) => Check(source, culture, TemplateNames.BuiltIn);

    /// <summary>Checks a template that may use more names than the built-in ones.</summary>
    internal static EmailTemplateCheck Check(EmailTemplateSource source, CultureInfo? culture, TemplateNames names) =>
        EmailTemplateChecker.Check(source, culture, names);

    /// <summary>Renders the whole message. Names and links are encoded in HTML for the place they stand in.</summary>
    public RenderedEmail Render(TemplateValues values)
    {
        ArgumentNullException.ThrowIfNull(values);
        using var buffer = PooledBuffer<byte>.Take();
        var subjectEnd = Append(buffer, values, WriteSubject);
        var textEnd = Append(buffer, values, WriteText);
        using var markup = PooledBuffer<byte>.Take();
        if (html is not null) html.Write(values, markup);
        else TextLayout.Write(layout!, buffer.Written[..subjectEnd], buffer.Written[subjectEnd..textEnd], values, markup);
        return new(
            Encoding.UTF8.GetString(buffer.Written[..subjectEnd]),
            Encoding.UTF8.GetString(buffer.Written[subjectEnd..textEnd]),
            Encoding.UTF8.GetString(markup.Written));
    }

    /// <summary>Writes the subject as UTF-8, without allocating.</summary>
    public void WriteSubject(TemplateValues values, IBufferWriter<byte> writer)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(writer);
        subject.Write(values, writer);
    }

    /// <summary>Writes the plain text body as UTF-8, without allocating where Scriban evaluates nothing. Line ends stay as they are in the template.</summary>
    public void WriteText(TemplateValues values, IBufferWriter<byte> writer)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(writer);
        text.Write(values, writer);
    }

    /// <summary>Writes the HTML body as UTF-8: the template's own, or the text laid out. Nothing is allocated once the thread is warm.</summary>
    public void WriteHtml(TemplateValues values, IBufferWriter<byte> writer)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(writer);
        if (html is not null)
        {
            html.Write(values, writer);
            return;
        }

        using var buffer = PooledBuffer<byte>.Take();
        subject.Write(values, buffer);
        var subjectEnd = buffer.Count;
        text.Write(values, buffer);
        TextLayout.Write(layout!, buffer.Written[..subjectEnd], buffer.Written[subjectEnd..], values, writer);
    }

    private static int Append(PooledBuffer<byte> buffer, TemplateValues values, Action<TemplateValues, IBufferWriter<byte>> write)
    {
        write(values, buffer);
        return buffer.Count;
    }
}

using System.Globalization;
using System.Text;
using Rescue.Sessions.Email.Mailto;

namespace Rescue.Sessions.Email.Templates;

/// <summary>Checks the parts of a template and what they must be together.</summary>
internal sealed class EmailTemplateChecker(CultureInfo? culture)
{
    /// <summary>The longest subject template, in UTF-16 code units.</summary>
    private const int MaxSubject = 2000;

    /// <summary>From here on mail programs cut a subject off.</summary>
    private const int LongSubject = 200;

    private readonly ProblemCollector problems = new(culture);

    public static EmailTemplateCheck Check(EmailTemplateSource source, CultureInfo? culture)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(source.Subject);
        ArgumentNullException.ThrowIfNull(source.Text);
        ArgumentNullException.ThrowIfNull(source.Language);
        if (!LanguageTag.IsWellFormed(source.Language))
            throw new ArgumentException("Language must be a BCP 47 language tag such as \"fr\" or \"pt-BR\".", nameof(source));
        return new EmailTemplateChecker(culture).CheckParts(source);
    }

    private EmailTemplateCheck CheckParts(EmailTemplateSource source)
    {
        var subject = CheckSubject(source.Subject);
        var text = CheckBody(TemplatePart.Text, source.Text);
        var html = string.IsNullOrWhiteSpace(source.Html) ? null : CheckBody(TemplatePart.Html, source.Html);
        var layout = html is null ? new LayoutMarkup(source.Language) : null;
        if (layout is not null && !problems.HasErrors) CheckLaidOutSize(source.Text, text!, subject!, layout);
        if (!problems.HasErrors) CheckDraft(source, subject!, text!);
        var template = problems.HasErrors ? null : new EmailTemplate(source, subject!, text!, html, layout);
        return new(template, problems.InOrder());
    }

    private void CheckLaidOutSize(string source, TemplateProgram text, TemplateProgram subject, LayoutMarkup layout)
    {
        var most = text.MaxLaidOutBytes + TextLayout.MaxFrameBytes(layout, subject);
        if (most > TemplateCompiler.MaxOutputBytes)
            Report(TemplatePart.Text, source, 0, TemplateProblemKind.OutputTooLarge, most / 1024, TemplateCompiler.MaxOutputBytes / 1024);
    }

    private TemplateProgram? CheckSubject(string source)
    {
        if (string.IsNullOrWhiteSpace(source)) Report(TemplatePart.Subject, source, 0, TemplateProblemKind.SubjectEmpty);
        if (source.Length > MaxSubject)
        {
            Report(TemplatePart.Subject, source, 0, TemplateProblemKind.SubjectTooLong, MaxSubject);
            return null;
        }

        CheckCharacters(TemplatePart.Subject, source);
        using var compiler = new TemplateCompiler(TemplatePart.Subject, source, problems);
        var program = compiler.Compile();
        if (compiler.SecretOffset >= 0) Report(TemplatePart.Subject, source, compiler.SecretOffset, TemplateProblemKind.SubjectSecret);
        if (!problems.HasErrors) CheckRenderedSubject(source, program);
        return program;
    }

    /// <summary>How long the subject is shows only when it is rendered.</summary>
    private void CheckRenderedSubject(string source, TemplateProgram program)
    {
        var length = Render(program, TemplateValues.Sample).Length;
        if (length > LongSubject) Report(TemplatePart.Subject, source, 0, TemplateProblemKind.SubjectLong, length);
    }

    /// <summary>Whether a draft for the technician's own mail program can hold the message, or at least its link, with usual names.</summary>
    private void CheckDraft(EmailTemplateSource source, TemplateProgram subject, TemplateProgram text)
    {
        var values = TemplateValues.Sample;
        var head = MailtoUri.EncodedLength(Render(subject, values)) + MailtoUri.HeadLength;
        if (head + MailtoUri.EncodedLength(values.LinkUrl) > MailtoUri.Cap)
            Report(TemplatePart.Subject, source.Subject, 0, TemplateProblemKind.MailtoImpossible, MailtoUri.Cap);
        else if (head + MailtoUri.EncodedLength(Render(text, values)) is > MailtoUri.Budget and var length)
            Report(TemplatePart.Text, source.Text, 0, TemplateProblemKind.MailtoShortened, length, MailtoUri.Budget);
    }

    private static string Render(TemplateProgram program, TemplateValues values)
    {
        using var buffer = PooledBuffer<byte>.Take();
        program.Write(values, buffer);
        return Encoding.UTF8.GetString(buffer.Written);
    }

    private TemplateProgram? CheckBody(TemplatePart part, string source)
    {
        if (string.IsNullOrWhiteSpace(source)) Report(part, source, 0, TemplateProblemKind.TextEmpty);
        if (Encoding.UTF8.GetByteCount(source) > TemplateCompiler.MaxSourceBytes)
        {
            Report(part, source, 0, TemplateProblemKind.SourceTooLarge, TemplateCompiler.MaxSourceBytes / 1024);
            return null;
        }

        CheckCharacters(part, source);
        using var compiler = new TemplateCompiler(part, source, problems);
        var program = compiler.Compile();
        if (!compiler.Facts.HasLink) RefuseWithoutLink(part, source, compiler);
        return program;
    }

    private void CheckCharacters(TemplatePart part, string source)
    {
        if (ControlCharacters.IndexIn(source, part) is >= 0 and var place) problems.AddCharacter(part, source, place, source[place]);
    }

    private void RefuseWithoutLink(TemplatePart part, string source, TemplateCompiler compiler)
    {
        if (compiler.UnseenLinkOffset >= 0) Report(part, source, compiler.UnseenLinkOffset, TemplateProblemKind.LinkHidden);
        else if (compiler.LinkOffset >= 0) Report(part, source, compiler.LinkOffset, TemplateProblemKind.LinkInBranch);
        else if (compiler.LinkCommentOffset >= 0) Report(part, source, compiler.LinkCommentOffset, TemplateProblemKind.LinkInComment);
        else Report(part, source, 0, TemplateProblemKind.LinkMissing);
    }

    private void Report(TemplatePart part, string source, int offset, TemplateProblemKind kind, params ReadOnlySpan<object?> details) =>
        problems.Add(part, source, offset, kind, details);
}

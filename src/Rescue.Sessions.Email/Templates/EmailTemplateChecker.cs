using System.Globalization;
using System.Text;
using Rescue.Sessions.Email.Mailto;
using Rescue.Sessions.Languages;

namespace Rescue.Sessions.Email.Templates;

/// <summary>Checks the parts of one template and what they must be together.</summary>
internal sealed class EmailTemplateChecker(EmailTemplateSource template, CultureInfo? culture, TemplateNames names, Words words)
{
    /// <summary>The longest subject template, in UTF-16 code units.</summary>
    private const int MaxSubject = 2000;

    /// <summary>The longest subject of a message, in UTF-16 code units.</summary>
    private const int MaxRenderedSubject = 512;

    /// <summary>The largest message that text is laid out to, in bytes of UTF-8: any text of 64 KB without short lines.</summary>
    private const int MaxLaidOutBytes = EmailMessage.MaximumHtmlLength;

    /// <summary>From here on mail programs cut a subject off.</summary>
    private const int LongSubject = 200;

    private readonly ProblemCollector problems = new(culture);
    private readonly CultureInfo language = LanguageTag.CultureOf(template.Language);

    public EmailTemplate Check()
    {
        var subject = CheckSubject(template.Subject);
        var text = CheckBody(TemplatePart.Text, template.Text);
        var html = string.IsNullOrWhiteSpace(template.Html) ? null : CheckBody(TemplatePart.Html, template.Html);
        var layout = html is null ? new LayoutMarkup(template.Language, words) : null;
        if (layout is not null && !problems.HasErrors)
            CheckLaidOutSize(text!, subject!, layout);
        if (!problems.HasErrors)
            CheckDraft(subject!, text!);
        return problems.HasErrors ? new(template, problems.InOrder()) : new(template, problems.InOrder(), subject!, text!, html, layout);
    }

    private void CheckLaidOutSize(TemplatePlan text, TemplatePlan subject, LayoutMarkup layout)
    {
        var most = text.MaxLaidOutBytes + TextLayout.MaxFrameBytes(layout, subject.MaxBytes);
        if (most > MaxLaidOutBytes)
            Report(TemplatePart.Text, template.Text, 0, TemplateProblemKind.OutputTooLarge, most / 1024, MaxLaidOutBytes / 1024);
    }

    private TemplatePlan? CheckSubject(string source)
    {
        if (string.IsNullOrWhiteSpace(source))
            Report(TemplatePart.Subject, source, 0, TemplateProblemKind.SubjectEmpty);
        if (source.Length > MaxSubject)
        {
            Report(TemplatePart.Subject, source, 0, TemplateProblemKind.SubjectTooLong, MaxSubject);
            return null;
        }

        problems.CheckCharacters(TemplatePart.Subject, source, source);
        var compiler = new TemplateCompiler(TemplatePart.Subject, source, names, language, problems);
        var program = compiler.Compile();
        if (compiler.SecretOffset >= 0)
            Report(TemplatePart.Subject, source, compiler.SecretOffset, TemplateProblemKind.SubjectSecret);
        if (compiler.IsRead && !compiler.Facts.HasWords && !string.IsNullOrWhiteSpace(source))
            Report(TemplatePart.Subject, source, 0, TemplateProblemKind.SubjectCanBeEmpty);
        if (compiler.IsRead && compiler.Facts.MaxCharacters > MaxRenderedSubject)
            Report(TemplatePart.Subject, source, 0, TemplateProblemKind.SubjectGrows, compiler.Facts.MaxCharacters, MaxRenderedSubject);
        if (!problems.HasErrors)
            Try(TemplatePart.Subject, source, program);
        if (!problems.HasErrors)
            CheckRenderedSubject(source, program);
        return program;
    }

    /// <summary>How long the subject is shows only when it is rendered.</summary>
    private void CheckRenderedSubject(string source, TemplatePlan program)
    {
        var length = program.Render(names.Trials[0]).Length;
        if (length > LongSubject)
            Report(TemplatePart.Subject, source, 0, TemplateProblemKind.SubjectLong, length);
    }

    /// <summary>Whether a draft for the technician's own mail program can hold the message, or at least its link, with usual names.</summary>
    private void CheckDraft(TemplatePlan subject, TemplatePlan text)
    {
        var values = names.Trials[0];
        var head = MailtoUri.EncodedLength(subject.Render(values)) + MailtoUri.HeadLength;
        if (head + MailtoUri.EncodedLength(values.LinkUrl) > MailtoUri.Cap)
            Report(TemplatePart.Subject, template.Subject, 0, TemplateProblemKind.MailtoImpossible, MailtoUri.Cap);
        else if (head + MailtoUri.EncodedLength(text.Render(values)) is > MailtoUri.Budget and var length)
            Report(TemplatePart.Text, template.Text, 0, TemplateProblemKind.MailtoShortened, length, MailtoUri.Budget);
    }

    private TemplatePlan? CheckBody(TemplatePart part, string source)
    {
        if (string.IsNullOrWhiteSpace(source))
            Report(part, source, 0, TemplateProblemKind.TextEmpty);
        if (Encoding.UTF8.GetByteCount(source) > TemplateCompiler.MaxSourceBytes)
        {
            Report(part, source, 0, TemplateProblemKind.SourceTooLarge, TemplateCompiler.MaxSourceBytes / 1024);
            return null;
        }

        problems.CheckCharacters(part, source, source);
        var compiler = new TemplateCompiler(part, source, names, language, problems);
        var program = compiler.Compile();
        if (compiler.IsRead && !compiler.Facts.HasLink)
            RefuseWithoutLink(part, source, compiler);
        if (!problems.HasErrors)
            Try(part, source, program);
        return program;
    }

    /// <summary>Runs what Scriban evaluates with what it could fail on: every value as the sample says, at its longest, and none that may be missing.</summary>
    private void Try(TemplatePart part, string source, TemplatePlan plan)
    {
        if (!plan.IsEvaluated)
            return;
        try
        {
            foreach (var values in names.Trials)
                plan.Render(values);
        }
        catch (TemplateRenderException failure)
        {
            Report(part, source, OffsetOf(source, failure.Line ?? 1, failure.Column ?? 1), TemplateProblemKind.EvaluationFailed);
        }
    }

    private static int OffsetOf(string source, int line, int column)
    {
        var start = 0;
        for (; line > 1 && source.IndexOf('\n', start) is >= 0 and var end; line--)
            start = end + 1;
        return Math.Min(source.Length, start + column - 1);
    }

    private void RefuseWithoutLink(TemplatePart part, string source, TemplateCompiler compiler)
    {
        if (compiler.UnseenLinkOffset >= 0)
            Report(part, source, compiler.UnseenLinkOffset, TemplateProblemKind.LinkHidden);
        else if (compiler.LinkOffset >= 0)
            Report(part, source, compiler.LinkOffset, TemplateProblemKind.LinkInBranch);
        else if (compiler.LinkCommentOffset >= 0)
            Report(part, source, compiler.LinkCommentOffset, TemplateProblemKind.LinkInComment);
        else
            Report(part, source, 0, TemplateProblemKind.LinkMissing);
    }

    private void Report(TemplatePart part, string source, int offset, TemplateProblemKind kind, params ReadOnlySpan<object?> details) =>
        problems.Add(part, source, offset, kind, details);
}

using System.Collections.Immutable;
using System.Globalization;
using System.Resources;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Email.Templates;
using Rescue.Sessions.Languages;

namespace Rescue.Sessions.Email.Messages;

/// <summary>The words of messages in our languages and the host's. Read once, when the first is needed. Thread-safe.</summary>
internal sealed class MailWords
{
    private const string Messages = "InvitationMessages";
    private const string LayoutTexts = "LayoutTexts";

    private static readonly Words ShippedMessages = Words.Shipped(new ResourceManager(typeof(InvitationMessages)));

    private readonly Words messages;
    private readonly ImmutableDictionary<string, EmailTemplateSource> builtIn;

    public MailWords(IOptions<RescueSessionsOptions> options)
        : this(options.Value.LanguageFolder)
    {
    }

    public MailWords(string? folder)
    {
        var files = ResourceFile.In(folder).ToList();
        messages = ShippedMessages.With(files, Messages);
        Layout = LayoutMarkup.ShippedWords.With(files, LayoutTexts);
        Languages = [.. messages.Languages];
        // One of each, because a template is compiled once.
        builtIn = Languages.ToImmutableDictionary(tag => tag, tag => ToSource(tag, messages.Find(tag)!), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Ours alone.</summary>
    public static MailWords Shipped { get; } = new(folder: null);

    /// <summary>The languages of the built-in message, English first.</summary>
    public ImmutableArray<string> Languages { get; }

    /// <summary>The words of the formatted message.</summary>
    public Words Layout { get; }

    /// <summary>The languages there are with a folder that nobody has checked yet.</summary>
    public static IEnumerable<string> TagsOf(string? folder) => ShippedMessages.Languages.Concat(
        ResourceFile.In(folder).Where(file => file.Resource == Messages && LanguageTag.IsWellFormed(file.Language)).Select(file => LanguageTag.Normalize(file.Language)));

    /// <summary>Every problem of a host's folder.</summary>
    public static IReadOnlyList<string> Problems(string? folder)
    {
        string[] problems = [.. WordsCheck.Problems(folder, Messages, ShippedMessages), .. WordsCheck.Problems(folder, LayoutTexts, LayoutMarkup.ShippedWords)];
        return problems.Length > 0 ? problems : [.. ResourceFile.In(folder).Where(file => file.Resource == Messages).SelectMany(TemplateProblems)];
    }

    /// <summary>The built-in message in exactly this language; null when there is none.</summary>
    public EmailTemplateSource? BuiltIn(string language) => builtIn.GetValueOrDefault(language);

    /// <summary>The built-in message in the nearest language, in the end in English.</summary>
    public EmailTemplateSource Nearest(string? language) => builtIn[messages.Nearest(language) ?? Words.Last];

    /// <summary>Whether there is a built-in message in the language, in itself or in a broader form of it.</summary>
    public bool Has(string language) => messages.Nearest(language) is not null;

    /// <summary>The subject of a message that repeats an invitation, so that the customer can tell the two apart.</summary>
    public string SubjectAgain(string subject, string language) => messages.FindNearest(language) is { } words
        ? string.Format(CultureInfo.InvariantCulture, words["subjectAgain"], subject)
        : $"{subject} (2)";

    private static EmailTemplateSource ToSource(string language, IReadOnlyDictionary<string, string> words) =>
        new(words["subject"], words["text"]) { Language = language };

    private static IEnumerable<string> TemplateProblems(ResourceFile file) => EmailTemplate.Check(ToSource(file.Language, file.Read()), CultureInfo.InvariantCulture).Problems
        .Where(problem => problem.Severity == TemplateProblemSeverity.Error)
        .Select(problem => $"LanguageFolder: {Path.GetFileName(file.Path)} has an error in its {(problem.Part == TemplatePart.Subject ? "subject" : "text")}, "
            + $"line {problem.Line}, column {problem.Column}: {problem.Message} {problem.Hint}");
}

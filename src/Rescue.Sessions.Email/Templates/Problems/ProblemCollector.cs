using System.Globalization;
using System.Resources;
using Rescue.Sessions.Email.Text;

namespace Rescue.Sessions.Email.Templates;

/// <summary>
/// Gathers problems in the language asked for. It takes a fixed number, so that a hostile template cannot make checking expensive.
/// </summary>
internal sealed class ProblemCollector(CultureInfo? culture)
{
    /// <summary>The most problems told at once, the one that says there are more included.</summary>
    public const int Most = 50;

    private static readonly ResourceManager Texts =
        new("Rescue.Sessions.Email.Templates.TemplateProblemTexts", typeof(ProblemCollector).Assembly);

    private readonly List<TemplateProblem> problems = [];

    public IReadOnlyList<TemplateProblem> Problems => problems;

    /// <summary>The problems as their author reads the template: by part and place, and that there are more at the end.</summary>
    public IReadOnlyList<TemplateProblem> InOrder() =>
    [
        .. problems
            .OrderBy(problem => problem.Code == TemplateProblemKind.MoreProblems.Code)
            .ThenBy(problem => problem.Part)
            .ThenBy(problem => problem.Line)
            .ThenBy(problem => problem.Column),
    ];

    public int Count => problems.Count;

    public bool HasErrors { get; private set; }

    /// <summary>Whether more problems would not be told; what looks for them may stop.</summary>
    public bool IsFull => problems.Count == Most;

    public void Add(TemplatePart part, string source, int offset, TemplateProblemKind kind, params ReadOnlySpan<object?> details)
    {
        if (IsFull)
            return;
        if (problems.Count == Most - 1)
        {
            kind = TemplateProblemKind.MoreProblems;
            details = [];
        }

        HasErrors |= kind.Severity == TemplateProblemSeverity.Error;
        var before = source.AsSpan(0, offset);
        problems.Add(new(
            part,
            before.Count('\n') + 1,
            offset - before.LastIndexOf('\n'),
            kind.Severity,
            kind.Code,
            Say(kind.Code, details),
            Say(kind.Code + ".hint", details)));
    }

    /// <summary>Tells of the first character that the part must not contain: a subject is a line.</summary>
    /// <param name="part">The part.</param>
    /// <param name="source">All of it.</param>
    /// <param name="text">What is looked at.</param>
    /// <param name="offset">Where that stands; null for all of the part, and then the character's own place is told.</param>
    public void CheckCharacters(TemplatePart part, string source, string text, int? offset = null)
    {
        var place = part == TemplatePart.Subject ? ControlCharacters.IndexIn(text) : ControlCharacters.IndexInBody(text);
        if (place < 0)
            return;
        if (part == TemplatePart.Subject)
            Add(part, source, offset ?? place, TemplateProblemKind.SubjectLineBreak);
        else
            Add(part, source, offset ?? place, TemplateProblemKind.ControlCharacter, ((int)text[place]).ToString("X4", CultureInfo.InvariantCulture));
    }

    /// <summary>A word of the template, as it is quoted.</summary>
    public static string Shorten(ReadOnlySpan<char> word) => word.Length <= 40 ? word.ToString() : string.Concat(word[..40], "…");

    public string Say(string key, params ReadOnlySpan<object?> details) =>
        string.Format(culture ?? CultureInfo.CurrentUICulture, Texts.GetString(key, culture)!, details);
}

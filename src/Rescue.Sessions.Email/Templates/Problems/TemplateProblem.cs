namespace Rescue.Sessions.Email.Templates;

/// <summary>One thing wrong with a template, said so that its author can find and mend it.</summary>
/// <param name="Part">The part the problem is in.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column in UTF-16 code units, from 1.</param>
/// <param name="Severity">Whether the template is refused.</param>
/// <param name="Code">A stable kebab-case code, for programs.</param>
/// <param name="Message">What is wrong, in the language asked for.</param>
/// <param name="Hint">What to do about it, in the language asked for.</param>
public sealed record TemplateProblem(
    TemplatePart Part,
    int Line,
    int Column,
    TemplateProblemSeverity Severity,
    string Code,
    string Message,
    string Hint);

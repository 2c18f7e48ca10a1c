using Rescue.Sessions.Email.Templates;

namespace Rescue.Sessions.AspNetCore.Problems;

internal sealed record TemplateProblemView(
    TemplatePart Part, int Line, int Column, TemplateProblemSeverity Severity, string Code, string Message, string Hint)
{
    public static TemplateProblemView Of(TemplateProblem problem) => new(
        problem.Part, problem.Line, problem.Column, problem.Severity, problem.Code, problem.Message, problem.Hint);
}

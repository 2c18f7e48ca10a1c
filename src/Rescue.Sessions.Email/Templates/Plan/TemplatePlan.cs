using System.Globalization;

namespace Rescue.Sessions.Email.Templates;

/// <summary>One compiled part of a template. Immutable, and safe for many threads.</summary>
internal sealed class TemplatePlan(PlanNode[] nodes, TemplateNames names, CultureInfo culture, PathFacts facts, bool isEvaluated)
{
    /// <summary>What is true at its end.</summary>
    public PathFacts Facts { get; } = facts;

    /// <summary>Whether Scriban evaluates some of it.</summary>
    public bool IsEvaluated { get; } = isEvaluated;

    /// <exception cref="TemplateRenderException">An expression failed, or reached a limit.</exception>
    public string Render(TemplateValues values)
    {
        using var output = TextBuffer.Take();
        PlanNode.Write(nodes, new(values, names, culture), output);
        return output.Written.ToString();
    }
}

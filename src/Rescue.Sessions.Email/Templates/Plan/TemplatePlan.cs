using System.Globalization;

namespace Rescue.Sessions.Email.Templates;

/// <summary>One compiled part of a template. Immutable, and safe for many threads.</summary>
internal sealed class TemplatePlan(PlanNode[] nodes, TemplateNames names, CultureInfo culture, long maxBytes, long maxLaidOutBytes, bool isEvaluated)
{
    /// <summary>The most bytes that it prints.</summary>
    public long MaxBytes { get; } = maxBytes;

    /// <summary>The most bytes that these become when they are laid out as HTML.</summary>
    public long MaxLaidOutBytes { get; } = maxLaidOutBytes;

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

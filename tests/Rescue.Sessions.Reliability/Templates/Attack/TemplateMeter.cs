using System.Diagnostics;
using System.Text;
using Rescue.Sessions.Email.Templates;

namespace Rescue.Sessions.Reliability.Templates.Attack;

/// <summary>Measures work on this thread.</summary>
#pragma warning disable RS0030 // The figure measures time; tests, which have this file too, look at the memory alone.
internal static class TemplateMeter
{
    /// <summary>A shared machine stops a thread now and then, and a pool that was emptied allocates anew: work that is costly is so every time.</summary>
    private const int MostRepeats = 10;

    /// <summary>The most that a part may become, in bytes (docs/templates.md).</summary>
    private const int LargestOutput = 256 * 1024;

    /// <summary>The most that text may become when it is laid out.</summary>
    private const int LargestLayout = 512 * 1024;

    /// <summary>What checking a template costs.</summary>
    /// <param name="source">The template.</param>
    /// <param name="template">The template ready to render, when it was accepted.</param>
    public static TemplateCost MeasureCheck(EmailTemplateSource source, out EmailTemplate? template)
    {
        EmailTemplate? checkedTemplate = null;
        var cost = Measure(() => checkedTemplate = EmailTemplate.Check(source), TemplateCost.CheckLimit);
        template = checkedTemplate is { IsAccepted: true } ? checkedTemplate : null;
        return cost;
    }

    /// <summary>What rendering one message costs, with the most hostile of values.</summary>
    /// <exception cref="InvalidOperationException">A part became larger than is promised.</exception>
    public static TemplateCost MeasureRendering(EmailTemplate template) => Measure(template, HostileValues.Longest)
        .AtWorst(Measure(template, HostileValues.Widest))
        .AtWorst(Measure(template, HostileValues.Missing));

    /// <summary>The cost of some work: at its best, when the first time was over the limit.</summary>
    public static TemplateCost Measure(Action work, TemplateCost limit)
    {
        var cost = MeasureOnce(work);
        for (var repeat = 0; repeat < MostRepeats && !cost.IsWithin(limit); repeat++)
            cost = cost.AtBest(MeasureOnce(work));
        return cost;
    }

    private static TemplateCost Measure(EmailTemplate template, TemplateValues values)
    {
        RenderedEmail? message = null;
        var cost = Measure(() => message = template.Render(values), TemplateCost.RenderLimit);
        var most = template.Source.Html is null ? LargestLayout : LargestOutput;
        if (Encoding.UTF8.GetByteCount(message!.Text) > LargestOutput || Encoding.UTF8.GetByteCount(message.Html ?? "") > most)
            throw new InvalidOperationException($"A part became larger than {most / 1024} KB.");
        return cost;
    }

    private static TemplateCost MeasureOnce(Action work)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        work();
        return new(Stopwatch.GetElapsedTime(start), GC.GetAllocatedBytesForCurrentThread() - before);
    }
}

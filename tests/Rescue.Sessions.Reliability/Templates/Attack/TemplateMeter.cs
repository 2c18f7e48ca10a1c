using System.Buffers;
using System.Diagnostics;
using Rescue.Sessions.Email.Templates;

namespace Rescue.Sessions.Reliability.Templates.Attack;

/// <summary>Measures work on this thread. Not thread-safe.</summary>
sealed class TemplateMeter
{
    /// <summary>A shared machine stops a thread now and then, and a pool that was emptied allocates anew: work that is costly is so every time.</summary>
    private const int MostRepeats = 10;

    /// <summary>The most that a part may become, in bytes (docs/templates.md).</summary>
    private const int LargestOutput = 256 * 1024;

    private readonly ArrayBufferWriter<byte> output = new(8 * LargestOutput);

    /// <summary>Checks a template and, when it is accepted, writes each of its parts with the most hostile values.</summary>
    /// <param name="source">The template.</param>
    /// <param name="accepted">Whether it was accepted.</param>
    /// <exception cref="InvalidOperationException">A part became larger than is promised.</exception>
    public TemplateCost MeasureHandling(EmailTemplateSource source, out bool accepted)
    {
        EmailTemplate? template = null;
        var cost = Measure(() =>
        {
            template = EmailTemplate.Check(source).Template;
            if (template is null) return;
            Write(template, HostileValues.Longest);
            Write(template, HostileValues.Widest);
            Write(template, HostileValues.Missing);
        });
        accepted = template is not null;
        return cost;
    }

    /// <summary>The cost of some work: at its best, when the first time was over the limit.</summary>
    public static TemplateCost Measure(Action work)
    {
        var cost = MeasureOnce(work);
        for (var repeat = 0; repeat < MostRepeats && !cost.IsWithin(TemplateCost.Limit); repeat++) cost = cost.AtBest(MeasureOnce(work));
        return cost;
    }

    private static TemplateCost MeasureOnce(Action work)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        work();
        return new(Stopwatch.GetElapsedTime(start), GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private void Write(EmailTemplate template, TemplateValues values)
    {
        output.ResetWrittenCount();
        template.WriteSubject(values, output);
        var subject = output.WrittenCount;
        template.WriteText(values, output);
        var text = output.WrittenCount;
        template.WriteHtml(values, output);
        if (subject > LargestOutput || text - subject > LargestOutput || output.WrittenCount - text > LargestOutput)
            throw new InvalidOperationException($"A part became larger than {LargestOutput / 1024} KB.");
    }
}

using Rescue.Sessions.Email.Templates;
using Scriban;

namespace Rescue.Sessions.Benchmarks.Templates;

/// <summary>P4: from the source to a template ready to render; ours is checked as well, markup and the link on every path included.</summary>
internal sealed class TemplateChecking : IFigure
{
    public string Name => "p4";

    public string Title => "checking a template";

    public string Promise => "check and compile a template / Scriban's own parse of the same text: at most 2.0 of its time";

    public async Task<bool> RunAsync(TextWriter output)
    {
        var our = Invitation.In(Dialect.Ours);
        var source = new EmailTemplateSource(our.Subject, our.Text, our.Html);
        if (!EmailTemplate.Check(source).IsAccepted)
            throw new InvalidOperationException("The invitation is refused.");
        var ours = Contender.Of("ours", () => EmailTemplate.Check(source));

        var theirs = Contender.Of("Scriban", () =>
        {
            Template.Parse(our.Subject);
            Template.Parse(our.Text);
            Template.Parse(our.Html);
        });

        var run = new PairedRun(output);
        var ratio = await run.MeasureRatioAsync(ours, theirs);
        output.WriteLine($"allocated: ours {await PairedRun.MeasureAllocationAsync(ours)} bytes, Scriban {await PairedRun.MeasureAllocationAsync(theirs)} bytes");
        return run.AtMost("median ratio of time", ratio, 2.0);
    }
}

using Rescue.Sessions.Email.Templates;

namespace Rescue.Sessions.Benchmarks.Templates;

/// <summary>P4: from the source to a template ready to render; ours is checked as well, markup and the link on every path included.</summary>
sealed class TemplateChecking : IFigure
{
    public string Name => "p4";

    public string Promise => "compile and check a template / DotLiquid parse: at most 0.5 of its time";

    public async Task<bool> RunAsync(TextWriter output)
    {
        var our = Invitation.In(Dialect.Ours);
        var source = new EmailTemplateSource(our.Subject, our.Text, our.Html);
        if (!EmailTemplate.Check(source).IsAccepted) throw new InvalidOperationException("The invitation is refused.");
        var ours = Contender.Of("ours", () => EmailTemplate.Check(source));

        var their = Invitation.In(Dialect.Liquid);
        var theirs = Contender.Of("DotLiquid", () =>
        {
            DotLiquid.Template.Parse(their.Subject);
            DotLiquid.Template.Parse(their.Text);
            DotLiquid.Template.Parse(their.Html);
        });

        var run = new PairedRun(output);
        var ratio = await run.MeasureRatioAsync(ours, theirs);
        output.WriteLine($"allocated: ours {await PairedRun.MeasureAllocationAsync(ours)} bytes, DotLiquid {await PairedRun.MeasureAllocationAsync(theirs)} bytes");
        return run.AtMost("median ratio of time", ratio, 0.5);
    }
}

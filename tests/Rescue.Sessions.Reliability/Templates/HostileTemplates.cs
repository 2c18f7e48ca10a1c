using System.Globalization;
using Rescue.Sessions.Reliability.Templates.Attack;

namespace Rescue.Sessions.Reliability.Templates;

/// <summary>R7: no template, however hostile, ends the process or costs more than 50 ms and 16 MB to check, or 5 ms and 2 MB to render.</summary>
internal sealed class HostileTemplates : IFigure
{
    private const int MutantCount = 1_000_000;
    private const int ProgressEvery = 100_000;
    private const int MostToldFailures = 20;

    public string Name => "r7";

    public string Promise => "hostile templates, in process: no exit, at most 50 ms and 16 MB to check, 5 ms and 2 MB to render";

    public int FullCount => TemplateAttack.ShapeCount + MutantCount;

    public Task<bool> RunAsync(RunArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        if (!UnboundedEngines.FailTheLimits(output))
            throw new VoidRunException("engines without limits passed, so the meter would miss a costly template.");

        var attack = new TemplateAttack(arguments.Seed);
        var tally = new TemplateTally(attack);
        using var watch = new StallWatch(output);
        for (var number = arguments.First; number - arguments.First < arguments.Count; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var source = attack.Make(number);
            watch.Begin(number);
            tally.AddCheck(number, TemplateMeter.MeasureCheck(source, out var template));
            if (template is not null)
                tally.AddRendering(number, TemplateMeter.MeasureRendering(template));
            if (tally.Count % ProgressEvery == 0)
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{tally.Count:N0} ..."));
        }

        tally.Write(output, MostToldFailures);
        return Task.FromResult(tally.Failures.Count == 0);
    }
}

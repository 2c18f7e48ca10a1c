using System.Globalization;
using Rescue.Sessions.Reliability.Templates.Attack;

namespace Rescue.Sessions.Reliability.Templates;

/// <summary>The control: the same meter on engines that set no limits, with templates of theirs that only have to be seen as costly.</summary>
internal static class UnboundedEngines
{
    private const int LargestSource = 64 * 1024;

    private const string NestedLoops = "{% for a in (1..1000) %}{% for b in (1..1000) %}x{% endfor %}{% endfor %}";

    private static readonly string ManyPlaceholders = string.Concat(Enumerable.Repeat("{{name}}", LargestSource / 8));

    /// <summary>Whether every one of them is over the limits, as it must be.</summary>
    public static bool FailTheLimits(TextWriter output)
    {
        var loops = TemplateMeter.Measure(() => DotLiquid.Template.Parse(NestedLoops).Render(CultureInfo.InvariantCulture), TemplateCost.CheckLimit);
        var placeholders = TemplateMeter.Measure(() => HandlebarsDotNet.Handlebars.Create().Compile(ManyPlaceholders)(new { name = "Ada" }), TemplateCost.CheckLimit);
        Tell(output, "DotLiquid, two nested loops of 1,000", loops);
        Tell(output, "Handlebars.Net, 64 KB of placeholders", placeholders);
        return !loops.IsWithin(TemplateCost.CheckLimit) && !placeholders.IsWithin(TemplateCost.CheckLimit);
    }

    private static void Tell(TextWriter output, string what, TemplateCost cost) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"control: {what}: {cost.Time.TotalMilliseconds:N0} ms, {cost.AllocatedBytes:N0} bytes, {(cost.IsWithin(TemplateCost.CheckLimit) ? "within" : "over")} the limits"));
}

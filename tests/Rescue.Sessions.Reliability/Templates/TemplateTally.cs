using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Rescue.Sessions.Reliability.Templates.Attack;

namespace Rescue.Sessions.Reliability.Templates;

/// <summary>Keeps the worst of what was measured, and what was over the limits.</summary>
internal sealed class TemplateTally(TemplateAttack attack)
{
    private const int MostShown = 60;

    private static readonly JsonSerializerOptions Escaping = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private (int Number, TemplateCost Cost) slowestCheck;
    private (int Number, TemplateCost Cost) largestCheck;
    private (int Number, TemplateCost Cost) slowestRendering;
    private (int Number, TemplateCost Cost) largestRendering;
    private int accepted;

    public int Count { get; private set; }

    public List<(int Number, TemplateCost Cost)> Failures { get; } = [];

    public void AddCheck(int number, TemplateCost cost)
    {
        Count++;
        Add(number, cost, TemplateCost.CheckLimit, ref slowestCheck, ref largestCheck);
    }

    public void AddRendering(int number, TemplateCost cost)
    {
        accepted++;
        Add(number, cost, TemplateCost.RenderLimit, ref slowestRendering, ref largestRendering);
    }

    public void Write(TextWriter output, int mostFailures)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Count:N0} templates, {accepted:N0} accepted and rendered with three sets of values; {Failures.Count} over the limits"));
        output.WriteLine("slowest check:     " + Describe(slowestCheck));
        output.WriteLine("largest check:     " + Describe(largestCheck));
        output.WriteLine("slowest rendering: " + Describe(slowestRendering));
        output.WriteLine("largest rendering: " + Describe(largestRendering));
        foreach (var failure in Failures.Take(mostFailures))
            output.WriteLine("over the limits:   " + Describe(failure));
    }

    private void Add(
        int number, TemplateCost cost, TemplateCost limit, ref (int Number, TemplateCost Cost) slowest, ref (int Number, TemplateCost Cost) largest)
    {
        if (cost.Time > slowest.Cost.Time)
            slowest = (number, cost);
        if (cost.AllocatedBytes > largest.Cost.AllocatedBytes)
            largest = (number, cost);
        if (!cost.IsWithin(limit))
            Failures.Add((number, cost));
    }

    private string Describe((int Number, TemplateCost Cost) found)
    {
        var source = attack.Make(found.Number);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{found.Cost.Time.TotalMilliseconds:N1} ms, {found.Cost.AllocatedBytes:N0} bytes by attack {found.Number} (--first {found.Number} --count 1): "
            + $"subject {Show(source.Subject)} text {Show(source.Text)} html {Show(source.Html)}");
    }

    private static string Show(string? part) => part switch
    {
        null => "none",
        { Length: > MostShown } => $"{Escape(part[..MostShown])}... ({part.Length} characters)",
        _ => Escape(part),
    };

    private static string Escape(string part) => JsonSerializer.Serialize(part, Escaping);
}

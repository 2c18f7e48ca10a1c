using System.Globalization;
using System.Text.RegularExpressions;

namespace Rescue.Sessions.Benchmarks;

/// <summary>What a figure came to, beside its target. Written as one line, from which it can be read again.</summary>
/// <param name="Name">What was compared.</param>
/// <param name="Value">What was measured.</param>
/// <param name="IsUpperBound">Whether the target is the most that is promised, and not the least.</param>
/// <param name="Target">What is promised.</param>
internal sealed partial record Verdict(string Name, double Value, bool IsUpperBound, double Target)
{
    private const string AtMost = "at most";
    private const string AtLeast = "at least";

    public bool Holds => IsUpperBound ? Value <= Target : Value >= Target;

    /// <summary>How much of what the target allows is used: up to 1 holds, whichever way the target is meant.</summary>
    public double Share => Value == Target ? 1 : IsUpperBound ? Value / Target : Target / Value;

    public string Relation => IsUpperBound ? AtMost : AtLeast;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}: {Value:N3}, target {Relation} {Target:N3}: {(Holds ? "HOLDS" : "DOES NOT HOLD")}");

    /// <summary>Reads what <see cref="ToString"/> wrote; null for any other line.</summary>
    public static Verdict? Read(string line)
    {
        var match = Line().Match(line);
        return match.Success
            ? new(match.Groups["name"].Value, Number(match.Groups["value"]), match.Groups["relation"].Value == AtMost, Number(match.Groups["target"]))
            : null;
    }

    private static double Number(Group text) => double.Parse(text.ValueSpan, NumberStyles.Number, CultureInfo.InvariantCulture);

    [GeneratedRegex($@"^(?<name>.+): (?<value>[\d.,]+), target (?<relation>{AtMost}|{AtLeast}) (?<target>[\d.,]+): (HOLDS|DOES NOT HOLD)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Line();
}

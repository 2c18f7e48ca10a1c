using System.Globalization;

namespace Rescue.Sessions.Benchmarks;

/// <summary>What stands after a figure's name, where a figure has a choice. Without it a run is of the published size.</summary>
/// <param name="Sqlite">The file instead of the server.</param>
/// <param name="Count">How many there are of what the figure counts; null for as many as published.</param>
/// <param name="Seconds">How long is measured; null for as long as published.</param>
/// <param name="Organizations">How many organisations are in the options, and how many more in settings; null for the product's alone.</param>
internal sealed record RunArguments(bool Sqlite = false, int? Count = null, int? Seconds = null, int? Organizations = null)
{
    /// <summary>Reads <c>--sqlite</c>, <c>--count</c>, <c>--seconds</c> and <c>--organizations</c>.</summary>
    /// <exception cref="FormatException">An argument is unknown or has no whole number after it.</exception>
    public static RunArguments Parse(ReadOnlySpan<string> words) => words switch
    {
        [] => new(),
        ["--sqlite", .. var rest] => Parse(rest) with { Sqlite = true },
        ["--count", var number, .. var rest] => Parse(rest) with { Count = Number("--count", number) },
        ["--seconds", var number, .. var rest] => Parse(rest) with { Seconds = Number("--seconds", number) },
        ["--organizations", var number, .. var rest] => Parse(rest) with { Organizations = Number("--organizations", number) },
        ["--count" or "--seconds" or "--organizations"] => throw new FormatException($"{words[0]} takes a whole number, as in \"{words[0]} 1000\"."),
        _ => throw new FormatException($"{words[0]} is unknown; there are --sqlite, --count, --seconds and --organizations."),
    };

    private static int Number(string name, string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
        ? number
        : throw new FormatException($"{name} takes a whole number, as in \"{name} 1000\".");
}

using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Rescue.Sessions.TestHost;

namespace HelpDesk.Tests.Docs;

/// <summary>docs/operating.md and the dashboard tell of what the library has, and of all of it.</summary>
public sealed class OperatingTests
{
    private const string Meter = "Rescue.Sessions";

    /// <summary>Set it to 1 to have the tables written anew.</summary>
    private const string Update = "UPDATE_DOCS";

    private static readonly Assembly[] Packages =
    [
        typeof(Rescue.Sessions.SupportSessions).Assembly,
        typeof(Rescue.Sessions.Email.EmailInvitations).Assembly,
        typeof(Rescue.Sessions.AspNetCore.RescueWebOptions).Assembly,
        typeof(Rescue.Sessions.EntityFrameworkCore.HostTransaction).Assembly,
    ];

    [Fact]
    public void Events_StandInTheDocumentation()
    {
        var rows = Events().OrderBy(entry => entry.Id).Select(entry => $"| {entry.Id} | {entry.Level} | `{entry.Category}` | {entry.Message} |");

        Expect("events", ["| id | level | category | message |", "|---|---|---|---|", .. rows]);
    }

    [Fact]
    public async Task Instruments_StandInTheDocumentation()
    {
        var rows = (await InstrumentsAsync()).Select(instrument =>
            $"| `{instrument.Name}` | {KindOf(instrument)} | `{instrument.Unit}` | {instrument.Description} |");

        Expect("instruments", ["| instrument | kind | unit | |", "|---|---|---|---|", .. rows]);
    }

    [Fact]
    public async Task Instruments_HaveUnitsByTheConventions()
    {
        foreach (var instrument in await InstrumentsAsync())
        {
            instrument.Unit.Should().MatchRegex(@"^(s|By|1|\{[a-z]+\})$", instrument.Name);
            instrument.Name.Should().MatchRegex(@"^rescue(\.[a-z]+(_[a-z]+)*)+$");
            instrument.Description.Should().EndWith(".", instrument.Name);
        }
    }

    [Fact]
    public async Task Dashboard_AsksForWhatThereIs_AndForAllOfIt()
    {
        var dashboard = JsonDocument.Parse(File.ReadAllText(PathOf("docs/dashboards/rescue-sessions.json"))).RootElement;
        var asked = dashboard.GetProperty("panels").EnumerateArray().SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .SelectMany(target => Regex.Matches(target.GetProperty("expr").GetString()!, @"rescue_\w+").Select(name => name.Value)).Distinct();

        asked.Should().BeEquivalentTo((await InstrumentsAsync()).Select(SeriesOf));
    }

    private static IEnumerable<(int Id, string Level, string Category, string Message)> Events() => Packages
        .SelectMany(package => package.GetTypes().SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(method => (Method: method, Event: method.GetCustomAttribute<LoggerMessageAttribute>(), Category: package.GetName().Name!)))
        .Where(found => found.Event is not null)
        .Select(found => (found.Event!.EventId, found.Event.Level == LogLevel.None ? "(varies)" : found.Event.Level.ToString(), found.Category, found.Event.Message.Replace("|", "\\|", StringComparison.Ordinal)));

    private static async Task<IReadOnlyList<Instrument>> InstrumentsAsync()
    {
        var found = new ConcurrentDictionary<string, Instrument>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name == Meter)
                found.TryAdd(instrument.Name, instrument);
        };
        listener.Start();
        await using var desk = new HelpDeskHost();
        using var browser = desk.Browser();
        return [.. found.Values.OrderBy(instrument => instrument.Name, StringComparer.Ordinal)];
    }

    private static string KindOf(Instrument instrument)
    {
        var type = instrument.GetType().Name;
        return type[..type.IndexOf('`')] switch
        {
            "Counter" => "counter",
            "Histogram" => "histogram",
            "ObservableUpDownCounter" or "UpDownCounter" => "up-down counter",
            "ObservableGauge" or "Gauge" => "gauge",
            var other => other,
        };
    }

    // As OpenTelemetry's exporters for Prometheus name it: units in braces are annotations, counters end in _total.
    private static string SeriesOf(Instrument instrument)
    {
        var name = instrument.Name.Replace('.', '_') + (instrument.Unit == "s" ? "_seconds" : "");
        return KindOf(instrument) switch { "counter" => name + "_total", "histogram" => name + "_bucket", _ => name };
    }

    private static void Expect(string table, string[] lines)
    {
        var file = PathOf("docs/operating.md");
        var text = File.ReadAllText(file).ReplaceLineEndings("\n");
        var (begin, end) = ($"<!-- {table} -->\n", $"<!-- /{table} -->");
        var expected = string.Join('\n', lines) + "\n";
        var from = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            text = text[..from] + expected + text[text.IndexOf(end, from, StringComparison.Ordinal)..];
            File.WriteAllText(file, text);
        }

        text[from..text.IndexOf(end, from, StringComparison.Ordinal)].Should().Be(expected, $"docs/operating.md is written by this test when {Update}=1");
    }

    private static string PathOf(string file, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", file);
}

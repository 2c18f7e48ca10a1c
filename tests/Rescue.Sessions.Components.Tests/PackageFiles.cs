using System.Text.Json;

namespace Rescue.Sessions.Components.Tests;

/// <summary>The files of the package, as a host serves them.</summary>
internal static class PackageFiles
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "wwwroot");

    public static IReadOnlyDictionary<string, string> Scripts { get; } =
        Directory.EnumerateFiles(Root, "*.js").ToDictionary(file => Path.GetFileName(file), File.ReadAllText, StringComparer.Ordinal);

    public static string Types { get; } = File.ReadAllText(Path.Combine(Root, "rescue-sessions.d.ts"));

    public static IReadOnlyList<string> Languages { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(Root, "lang"), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Where(name => !name.Contains('.'))];

    public static Dictionary<string, string> Words(string language) => Read($"{language}.json").Concat(Read($"settings.{language}.json")).ToDictionary();

    private static Dictionary<string, string> Read(string file) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(Root, "lang", file)))!;
}

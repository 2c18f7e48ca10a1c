using System.Text.RegularExpressions;

namespace HelpDesk.Tests.Architecture;

/// <summary>The arrows of <c>docs/design.md</c>: <c>Folder -> Other, Another</c>, and behind <c>back:</c> those that are yet to be turned.</summary>
internal sealed partial record DesignArrows(IReadOnlyList<FolderArrow> Arrows, IReadOnlyList<FolderArrow> Back)
{
    private const string RunsBack = "back: ";

    public static DesignArrows Of(string package)
    {
        var design = File.ReadAllText(Repository.PathOf("docs/design.md")).ReplaceLineEndings("\n");
        var block = Blocks().Matches(design).Single(block => block.Groups["package"].Value == package).Groups["arrows"].Value;
        var lines = block.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return new(
            [.. lines.Where(line => !line.StartsWith(RunsBack, StringComparison.Ordinal)).SelectMany(Read)],
            [.. lines.Where(line => line.StartsWith(RunsBack, StringComparison.Ordinal)).SelectMany(line => Read(line[RunsBack.Length..]))]);
    }

    private static IEnumerable<FolderArrow> Read(string line)
    {
        var parts = line.Split(" -> ");
        return parts[1].Split(", ").Select(to => new FolderArrow(parts[0], to));
    }

    [GeneratedRegex(@"^```arrows (?<package>[\w.]+)\n(?<arrows>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();
}

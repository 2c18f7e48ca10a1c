using System.Text.RegularExpressions;

namespace HelpDesk.Tests.Architecture;

/// <summary>The arrows of <c>docs/design.md</c>: <c>Folder -> Other, Another</c>.</summary>
internal static partial class DesignArrows
{
    public static IReadOnlyList<FolderArrow> Of(string package)
    {
        var design = File.ReadAllText(Repository.PathOf("docs/design.md")).ReplaceLineEndings("\n");
        var block = Blocks().Matches(design).Single(block => block.Groups["package"].Value == package).Groups["arrows"].Value;
        return [.. block.Split('\n', StringSplitOptions.RemoveEmptyEntries).SelectMany(Read)];
    }

    private static IEnumerable<FolderArrow> Read(string line)
    {
        var parts = line.Split(" -> ");
        return parts[1].Split(", ").Select(to => new FolderArrow(parts[0], to));
    }

    [GeneratedRegex(@"^```arrows (?<package>[\w.]+)\n(?<arrows>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();
}

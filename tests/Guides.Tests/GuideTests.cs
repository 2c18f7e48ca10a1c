namespace Guides.Tests;

/// <summary>What the guides show is compiled, and where they lead there is something.</summary>
public sealed class GuideTests
{
    // Where a block may come from: what is compiled here, and whole programs.
    private static readonly Lazy<string[][]> Compiled = new(() =>
    [
        .. new[] { "tests/Guides.Tests", "samples", "src/Rescue.Sessions.Templates/content" }
            .SelectMany(folder => Directory.GetFiles(Path.Combine(Guide.Repository, folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(file => Guide.Lines(File.ReadAllText(file).ReplaceLineEndings("\n"))),
    ]);

    public static TheoryData<string> Guides =>
    [
        "docs/README.md", "docs/getting-started.md", "docs/concepts.md", "docs/permissions.md", "docs/stores.md", "docs/mail-recipes.md", "docs/sms.md", "docs/testing.md",
        "docs/writing-a-dispatcher.md", "docs/writing-a-store.md", "docs/security.md", "docs/upgrading.md", "docs/migrating-from-pin-links.md",
        .. Directory.GetDirectories(Path.Combine(Guide.Repository, "src"))
            .Select(folder => Path.Combine(folder, "README.md")).Where(File.Exists).Select(file => Path.GetRelativePath(Guide.Repository, file)),
    ];

    [Theory]
    [MemberData(nameof(Guides))]
    public void Guide_EveryBlockOfCode_IsCompiled(string path)
    {
        foreach (var block in new Guide(path).Blocks)
        {
            Compiled.Value.Any(file => IsIn(file, block)).Should()
                .BeTrue($"this block of {path} must stand in a file of tests/Guides.Tests:\n{string.Join('\n', block)}\n");
        }
    }

    [Theory]
    [MemberData(nameof(Guides))]
    public void Guide_EveryLink_LeadsToAFile(string path)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Guide.Repository, path))!;

        new Guide(path).Links.Where(link => Path.Combine(folder, link) is var target && !File.Exists(target) && !Directory.Exists(target)).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Guides))]
    public void Guide_EveryInstallLine_NamesAVersionThatFits(string path)
    {
        var version = System.Xml.Linq.XDocument.Load(Path.Combine(Guide.Repository, "Directory.Build.props")).Descendants("VersionPrefix").Single().Value;
        var ours = $"--version \"{string.Join('.', version.Split('.')[..2])}.*\"";

        foreach (var line in new Guide(path).Text.Split('\n').Where(line => line.StartsWith("dotnet add package", StringComparison.Ordinal)))
            line.Should().Contain(line.Contains("Rescue.Sessions", StringComparison.Ordinal) ? ours : "--version \"10.*\"");
    }

    [Fact]
    public void Index_Names_EveryGuide()
    {
        var guides = Guides.Select(row => row.Data).Where(path => path.StartsWith("docs/", StringComparison.Ordinal) && path != "docs/README.md");

        new Guide("docs/README.md").Links.Should().Contain(guides.Select(Path.GetFileName));
    }

    private static bool IsIn(string[] file, string[] block) =>
        Enumerable.Range(0, Math.Max(0, file.Length - block.Length + 1)).Any(at => file.AsSpan(at, block.Length).SequenceEqual(block));
}

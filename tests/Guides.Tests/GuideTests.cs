namespace Guides.Tests;

/// <summary>What the guides show is compiled, and where they lead there is something.</summary>
public sealed class GuideTests
{
    // Where a block may come from: tests, whole programs, and what the template makes.
    private static readonly Lazy<CompiledFile[]> Compiled = new(() =>
    [
        .. new[] { "tests", "samples", "src/Rescue.Sessions.Templates/content" }
            .SelectMany(folder => Directory.GetFiles(Path.Combine(Guide.Repository, folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Intersect(["obj", "bin"]).Any())
            .Order(StringComparer.Ordinal).Select(file => new CompiledFile(file)),
    ]);

    public static TheoryData<string> Guides =>
    [
        "README.md", "docs/README.md", "docs/getting-started.md", "docs/concepts.md", "docs/permissions.md", "docs/stores.md", "docs/mail-recipes.md", "docs/sms.md",
        "docs/testing.md", "docs/writing-a-dispatcher.md", "docs/writing-a-store.md", "docs/security.md", "docs/upgrading.md", "docs/migrating-from-pin-links.md",
        "docs/organizations.md", "docs/templates.md", "docs/languages.md", "docs/events.md", "docs/hosting.md", "docs/operating.md", "docs/components.md",
        .. Directory.GetDirectories(Path.Combine(Guide.Repository, "src"))
            .Select(folder => Path.Combine(folder, "README.md")).Where(File.Exists).Select(file => Path.GetRelativePath(Guide.Repository, file)),
    ];

    [Theory]
    [MemberData(nameof(Guides))]
    public void Guide_EveryBlockOfCode_IsCompiled(string path)
    {
        foreach (var block in new Guide(path).Blocks)
            FileOf(block).Should().NotBeNull($"this block of {path} must stand in a file that is compiled:\n{string.Join('\n', block.Code)}\n");
    }

    [Theory]
    [MemberData(nameof(Guides))]
    public void Guide_EveryBlockOfCode_SaysItsUsings(string path)
    {
        var said = new HashSet<string>();
        foreach (var block in new Guide(path).Blocks)
        {
            var usings = FileOf(block)!.Usings;
            var code = string.Join('\n', block.Code);
            block.Usings.Should().BeSubsetOf(usings, $"this block of {path} compiles with those:\n{code}\n");
            said.UnionWith(block.Usings);
            Namespaces.NeededBy(block, usings).Except(said).Should().BeEmpty($"whoever pastes this block of {path} needs them:\n{code}\n");
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

    private static CompiledFile? FileOf(CodeBlock block) => Compiled.Value.FirstOrDefault(file => file.Has(block));
}

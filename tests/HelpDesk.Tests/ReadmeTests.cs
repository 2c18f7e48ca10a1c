using System.Runtime.CompilerServices;

namespace HelpDesk.Tests;

public class ReadmeTests
{
    [Fact]
    public void Readme_Example_IsTheProgramThatCompiles()
    {
        var readme = File.ReadAllText(PathOf("README.md")).ReplaceLineEndings("\n");
        var program = File.ReadAllText(PathOf("samples/Minimal/Program.cs")).ReplaceLineEndings("\n");

        readme.Should().Contain("```csharp\n" + program + "```");
        program.Split('\n').Length.Should().BeLessThanOrEqualTo(35, "the example is about 30 lines");
    }

    [Fact]
    public void Readme_Links_LeadToFiles()
    {
        var readme = File.ReadAllText(PathOf("README.md"));

        foreach (var file in (string[])["docs/design.md", "docs/lifecycle.md", "docs/templates.md", "docs/languages.md", "CHANGELOG.md", "LICENSE"])
        {
            readme.Should().Contain($"({file})");
            File.Exists(PathOf(file)).Should().BeTrue(file);
        }
    }

    private static string PathOf(string file, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", file);
}

using System.Text.Json;
using System.Text.RegularExpressions;
using Rescue.Sessions.AspNetCore.Problems;

namespace Rescue.Sessions.AspNetCore.Tests.Problems;

public class ProblemCodeTests
{
    [Fact]
    public void EveryCode_StandsInTheDocumentation_AndNoOther()
    {
        var document = File.ReadAllText(Path.Combine(Root(), "docs", "problems.md"));

        var documented = Regex.Matches(document, @"^\| `(\w+)` \|", RegexOptions.Multiline).Select(row => row.Groups[1].Value);

        documented.Should().BeEquivalentTo(Enum.GetNames<ProblemCode>().Select(JsonNamingPolicy.CamelCase.ConvertName));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Rescue.Sessions.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}

using Rescue.Sessions.Packages.Feed;

namespace Rescue.Sessions.Packages.Products;

/// <summary>What a new user gets by dotnet new rescue-helpdesk.</summary>
public sealed class TemplateTests(PackedFeed feed)
{
    [Fact]
    public async Task Template_FromItsPackage_MakesAProductThatIsGreen()
    {
        using var product = new ProductFolder();
        await feed.LetRestoreAsync(product.Path);
        await Dotnet.SucceedAsync(product.Path, ["new", "install", Path.Combine(feed.Folder, $"Rescue.Sessions.Templates.{PackedFeed.Version}.nupkg"), .. product.OwnTemplates]);
        await Dotnet.SucceedAsync(product.Path, ["new", "rescue-helpdesk", "--name", "Acme", .. product.OwnTemplates]);
        var acme = Path.Combine(product.Path, "Acme");

        var built = await Dotnet.SucceedAsync(acme, "build");
        var tested = await Dotnet.SucceedAsync(acme, "test", "--no-build");

        built.Should().Contain(" 0 Warning(s)");
        tested.Should().MatchRegex("Failed: +0, Passed: +[1-9]");
        var everything = Directory.GetFiles(acme, "*", SearchOption.AllDirectories).Where(file => !file.Contains("/obj/") && !file.Contains("/bin/")).ToArray();
        everything.Select(Path.GetFileName).Should().Contain(["README.md", ".gitignore", "Acme.slnx", "Acme.Tests.csproj"]).And.NotContain("template.json");
        everything.Where(file => File.ReadAllText(file) is var text && (text.Contains("HelpDesk", StringComparison.Ordinal) || text.Contains("RESCUE_VERSION", StringComparison.Ordinal)))
            .Should().BeEmpty("all of it is in the product's name");
    }
}

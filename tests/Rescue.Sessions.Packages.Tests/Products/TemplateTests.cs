using Rescue.Sessions.Packages.Feed;

namespace Rescue.Sessions.Packages.Products;

/// <summary>What a new user gets by dotnet new rescue-helpdesk.</summary>
public sealed class TemplateTests(TemplateProduct product) : IClassFixture<TemplateProduct>
{
    [Fact]
    public async Task Template_FromItsPackage_MakesAProductThatIsGreen()
    {
        var tested = await Dotnet.SucceedAsync(product.Path, "test", "--no-build");

        product.Built.Should().Contain(" 0 Warning(s)");
        tested.Should().MatchRegex("Failed: +0, Passed: +[1-9]");
        var everything = Directory.GetFiles(product.Path, "*", SearchOption.AllDirectories).Where(file => !file.Contains("/obj/") && !file.Contains("/bin/")).ToArray();
        everything.Select(Path.GetFileName).Should().Contain(["README.md", ".gitignore", "Acme.slnx", "Acme.Tests.csproj"]).And.NotContain("template.json");
        everything.Where(file => File.ReadAllText(file) is var text && (text.Contains("HelpDesk", StringComparison.Ordinal) || text.Contains("RESCUE_VERSION", StringComparison.Ordinal)))
            .Should().BeEmpty("all of it is in the product's name");
    }

    [Fact]
    public async Task Applet_StartedAgain_IsLetBackIn()
    {
        await using var desk = await TemplateDesk.StartAsync(product.Path);
        await using var customer = new TemplateApplet(product.Path, (await desk.InviteAsync()).Link);
        await customer.SaysAsync("You are connected.");

        await customer.StartAgainAsync();

        await customer.SaysAsync("You are connected.");
    }

    [Fact]
    public async Task Applet_WithTheAddressAlone_AsksForThePin()
    {
        await using var desk = await TemplateDesk.StartAsync(product.Path);
        var (link, pin) = await desk.InviteAsync();
        await using var customer = new TemplateApplet(product.Path, new Uri(link, "?i=2"));
        await customer.SaysAsync("Type the PIN: ");

        await customer.TypeAsync(pin);

        await customer.SaysAsync("You are connected.");
    }

    [Fact]
    public async Task Applet_WhileNobodyAnswers_TellsNobodyThatTheLinkIsDead()
    {
        Uri link;
        await using (var desk = await TemplateDesk.StartAsync(product.Path))
            link = (await desk.InviteAsync()).Link;

        await using var customer = new TemplateApplet(product.Path, link);

        await customer.SaysAsync("No answer yet.");
        customer.Output.Should().NotContain("not good").And.NotContain("no longer");
    }
}

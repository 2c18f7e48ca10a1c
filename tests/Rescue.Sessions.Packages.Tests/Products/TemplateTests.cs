using Microsoft.Extensions.Configuration;
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
        OpenToOthers(Path.Combine(product.Path, "Acme", "data")).Should().BeEmpty("the key and the sessions are the service's own");
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

    [Fact]
    public async Task Applet_TermsDeclinedWhereItWasStartedAgain_SaysThatItGoesOnThere()
    {
        await using var desk = await TermsDesk.StartAsync();
        await using var customer = new TemplateApplet(product.Path, desk.Link);
        await customer.SaysAsync("Do you agree?");

        await customer.TypeAsync("no");

        await customer.SaysAsync("goes on there");
        customer.Output.Should().NotContain("is over");
        (await customer.ExitCodeAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Applet_StoppedAtTheTermsWhereNobodyHearsIt_EndsAndSaysThatNobodyWasTold()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent by kill.");
        await using var desk = await TermsDesk.StartAsync();
        await using var customer = new TemplateApplet(product.Path, desk.Link);
        await customer.SaysAsync("Do you agree?");
        await desk.DisposeAsync();

        await customer.InterruptAsync();

        await customer.SaysAsync("Nobody could be told");
        customer.Output.Should().NotContain("is over");
        (await customer.ExitCodeAsync()).Should().Be(0);
    }

    [Fact]
    public void FirstStartsAtOnce_HaveOneInstanceAndOneKey_OfTheirUsersAlone()
    {
        var (applet, service) = (new BuiltAssembly(Built("Acme.Applet")), new BuiltAssembly(Built("Acme")));
        for (var round = 0; round < 20; round++)
        {
            var folder = Directory.CreateDirectory(Path.Combine(product.Path, "starts", $"{round}")).FullName;
            using var ready = new Barrier(4);

            var found = Enumerable.Range(0, ready.ParticipantCount).AsParallel().WithDegreeOfParallelism(ready.ParticipantCount).WithExecutionMode(ParallelExecutionMode.ForceParallelism).Select(_ =>
            {
                ready.SignalAndWait();
                var instance = applet.Call("Acme.Applet.KeptInstance", "Open", folder)!;
                var key = service.Call("Acme.Support.CodeKey", "Of", new ConfigurationBuilder().Build(), folder);
                return (Instance: instance.GetType().GetProperty("Value")!.GetValue(instance), Key: key);
            }).ToArray();

            found.Distinct().Should().ContainSingle();
            Directory.GetFiles(folder).Select(Path.GetFileName).Should().BeEquivalentTo("code.key", "session.instance");
            OpenToOthers(folder).Should().BeEmpty();
        }
    }

    private static IEnumerable<string> OpenToOthers(string folder) => Directory.GetFiles(folder)
        .Where(file => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) != 0);

    private string Built(string project) => Path.Combine(product.Path, project, "bin", "Debug", "net10.0", $"{project}.dll");
}

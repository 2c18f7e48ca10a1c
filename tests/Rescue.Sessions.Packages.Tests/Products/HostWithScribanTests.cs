using Rescue.Sessions.Packages.Feed;

namespace Rescue.Sessions.Packages.Products;

/// <summary>A host that has Scriban itself, in another version, beside our package.</summary>
public sealed class HostWithScribanTests(PackedFeed feed)
{
    private static readonly string Other = PackedFeed.Metadata("OtherScriban");

    private static readonly string Project = $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Rescue.Sessions.Email" Version="{PackedFeed.Version}" />
            <PackageReference Include="Scriban.Signed" Version="{Other}" />
            <PackageReference Include="Microsoft.Extensions.DependencyInjection" Version="{PackedFeed.Metadata("DependencyInjection")}" />
          </ItemGroup>
        </Project>
        """;

    private const string Program = """
        using Microsoft.Extensions.DependencyInjection;
        using Rescue.Sessions;
        using Rescue.Sessions.Email;
        using Rescue.Sessions.Email.Settings;
        using Rescue.Sessions.Permissions;
        using Scriban;

        var services = new ServiceCollection();
        services.AddRescueSessions(options =>
        {
            options.Codes.PublicBaseUri = new("https://help.example.org/");
            options.Permissions.Groups.Add(new() { Name = "admins", Grants = { ConnectionRight.ManageSettings } });
        }).AddEmail(options => options.SenderAddress = "support@example.org");
        using var provider = services.BuildServiceProvider();
        var shown = await provider.GetRequiredService<EmailTemplates>().PreviewAsync(
            new Technician("jo", "Jo") { Groups = ["admins"] }, new("en"), new("{{ customer.name | string.upcase }}", "{{ link.url }}"));
        Console.WriteLine((shown as SettingsRead<TemplatePreview>.Found)?.Value.Message?.Subject);
        Console.WriteLine(Template.Parse("{{ for x in 1..3 }}{{ x }}{{ end }}").Render());
        Console.WriteLine(System.Diagnostics.FileVersionInfo.GetVersionInfo(typeof(Template).Assembly.Location).FileVersion);
        """;

    [Fact]
    public async Task Host_WithAnotherVersionOfScriban_CompilesAndRunsBoth()
    {
        using var product = new ProductFolder();
        await feed.LetRestoreAsync(product.Path);
        await product.WriteAsync("Host.csproj", Project);
        await product.WriteAsync("Program.cs", Program);

        var output = await Dotnet.SucceedAsync(product.Path, "run");

        output.ReplaceLineEndings("\n").Should().Contain($"ADA LOVELACE\n123\n{Other}");
    }
}

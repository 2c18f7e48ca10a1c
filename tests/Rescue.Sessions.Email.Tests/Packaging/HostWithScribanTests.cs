using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Rescue.Sessions.Email.Packaging;

/// <summary>A host that has Scriban itself, in another version, beside our package.</summary>
public sealed class HostWithScribanTests
{
    private const string Other = "7.6.1";
    private const string Ours = "99.0.0";

    private const string Project = $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
            <RestoreAdditionalProjectSources>feed</RestoreAdditionalProjectSources>
            <RestorePackagesPath>packages</RestorePackagesPath>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Rescue.Sessions.Email" Version="{Ours}" />
            <PackageReference Include="Scriban.Signed" Version="{Other}" />
            <PackageReference Include="Microsoft.Extensions.DependencyInjection" Version="10.0.*" />
          </ItemGroup>
        </Project>
        """;

    private const string Program = """
        using Microsoft.Extensions.DependencyInjection;
        using Rescue.Sessions.Email.Templates;
        using Scriban;

        var services = new ServiceCollection();
        services.AddRescueSessions(options => options.Codes.PublicBaseUri = new("https://help.example.org/")).AddEmail(options => options.SenderAddress = "support@example.org");
        using var provider = services.BuildServiceProvider();
        var renderer = provider.GetRequiredService<IEmailTemplateRenderer>();
        Console.WriteLine(renderer.Render(new("{{ customer.name | string.upcase }}", "{{ link.url }}"), TemplateValues.Sample).Subject);
        Console.WriteLine(Template.Parse("{{ for x in 1..3 }}{{ x }}{{ end }}").Render());
        Console.WriteLine(System.Diagnostics.FileVersionInfo.GetVersionInfo(typeof(Template).Assembly.Location).FileVersion);
        """;

    [Fact]
    public async Task Host_WithAnotherVersionOfScriban_CompilesAndRunsBoth()
    {
        var folder = Directory.CreateTempSubdirectory("host-with-scriban").FullName;
        try
        {
            foreach (var package in (string[])["Rescue.Sessions", "Rescue.Sessions.Email"])
            {
                var packed = await DotnetAsync(Source(), "pack", $"src/{package}", "-c", Configuration, "--no-build", "-o", Path.Combine(folder, "feed"), $"-p:Version={Ours}", $"-p:MinVerVersionOverride={Ours}");
                packed.Code.Should().Be(0, packed.Output);
            }

            await File.WriteAllTextAsync(Path.Combine(folder, "Host.csproj"), Project, TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), Program, TestContext.Current.CancellationToken);
            var restored = await DotnetAsync(folder, "restore");
            Assert.SkipWhen(restored.Code != 0 && restored.Output.Contains("NU1", StringComparison.Ordinal), $"Scriban.Signed {Other} does not restore here: {restored.Output}");
            var ran = await DotnetAsync(folder, "run", "--no-restore");

            ran.Output.ReplaceLineEndings("\n").Should().Contain($"ADA LOVELACE\n123\n{Other}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Configuration =>
#if DEBUG
        "Debug";
#else
        "Release";
#endif

    private static string Source([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../.."));

    private static async Task<(int Code, string Output)> DotnetAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await errors);
    }
}

using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Rescue.Sessions.TestServers;
using RescueApplet.Languages;

namespace Rescue.Sessions.Applet.Tests.Program;

/// <summary>The program as a product builds it with languages of its own.</summary>
public sealed class LanguageFolderTests : IDisposable
{
    // None of ours, and replaced: both ways in which a language comes in.
    private const string Added = "sv";
    private const string Replaced = "fr";

    // What every build does before it compiles.
    private const string CheckAlone = "-t:CheckOwnTexts";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly LanguageFolder _languages = new();
    private readonly DirectoryInfo _built = Directory.CreateTempSubdirectory("rescue-applet-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _built.Delete(recursive: true);
        _languages.Dispose();
    }

    [Fact]
    public async Task Build_WithAFolder_SpeaksItsLanguagesAndRefusesThemWhereALineIsMissing()
    {
        var lines = English();
        _languages.Add($"Texts.{Added}.resx", Marked(lines, "+ ")).Add($"Texts.{Replaced}.resx", Marked(lines, "= "));

        var built = await DotnetAsync(["build", Project(), .. Options()]);
        built.Code.Should().Be(0, built.Output);

        (await HelpAsync($"{Added}-SE")).Should().StartWith("+ Joins a support session.");
        (await HelpAsync(Replaced)).Should().StartWith("= Joins a support session.");
        (await HelpAsync("de")).Should().NotStartWith("+").And.NotStartWith("=").And.NotStartWith("Joins", "our other languages stay");

        _languages.Add($"Texts.{Added}.resx", Marked([.. lines.Where(line => line.Name is not ("Waiting" or "Help"))], "+ "));
        var lacking = await DotnetAsync(["build", Project(), "--no-restore", CheckAlone, .. Options()]);
        lacking.Code.Should().NotBe(0);
        lacking.Output.Should().Contain($"AppletLanguageFolder: Texts.{Added}.resx lacks: ").And.Contain("Waiting").And.Contain("Help").And.NotContain($"Texts.{Replaced}.resx lacks");

        _languages.Add($"Texts.{Added}.resx", [.. Marked(lines, "+ "), ("Wating", "+")]);
        var unknown = await DotnetAsync(["build", Project(), "--no-restore", CheckAlone, .. Options()]);
        unknown.Code.Should().NotBe(0);
        unknown.Output.Should().Contain($"AppletLanguageFolder: Texts.{Added}.resx has lines that nothing asks for: Wating.");
    }

    // A folder of its own, so that it stays out of the way of the program that the other tests run.
    private string[] Options() =>
    [
        $"-p:ArtifactsPath={_built.FullName}", $"-p:AppletLanguageFolder={_languages.Path}", "-p:RunAnalyzers=false", "-p:GenerateDocumentationFile=false",
        "-p:UseSharedCompilation=false", "-p:NuGetAudit=false", "-nodeReuse:false", "-v:q", "-nologo",
    ];

    private async Task<string> HelpAsync(string language)
    {
        var shown = await DotnetAsync([Path.Combine(_built.FullName, "bin", "Applet", "debug", "RescueApplet.dll"), "--language", language, "--help"]);
        shown.Code.Should().Be(0, shown.Output);
        return shown.Output;
    }

    private static (string Name, string Line)[] English() =>
    [
        .. Texts.Resources.GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false)!.Cast<DictionaryEntry>()
            .Select(line => ((string)line.Key, (string)line.Value!)),
    ];

    private static (string Name, string Line)[] Marked((string Name, string Line)[] lines, string mark) => [.. lines.Select(line => (line.Name, mark + line.Line))];

    private static string Project([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../../samples/Applet/Applet.csproj"));

    private static async Task<(int Code, string Output)> DotnetAsync(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(Patience);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            var output = await process.StandardOutput.ReadToEndAsync(patience.Token) + await errors;
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, output);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Cancellation.ThrowIfCancellationRequested();
            throw new TimeoutException($"dotnet {string.Join(' ', arguments)} has not ended within {Patience}.");
        }
    }
}

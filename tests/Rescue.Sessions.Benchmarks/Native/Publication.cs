using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Rescue.Sessions.Benchmarks.Native;

/// <summary>samples/Minimal as it is published.</summary>
/// <param name="Warnings">What the trimmer and the native compiler warn about.</param>
internal sealed record Publication(IReadOnlyList<string> Warnings)
{
    /// <exception cref="InvalidOperationException">It could not be published; the message is the compiler's.</exception>
    public static async Task<Publication> MakeAsync(string folder, bool native)
    {
        string[] arguments =
        [
            "publish", "samples/Minimal", "-c", "Release", "-o", folder, "-r", "linux-x64", "-p:TreatWarningsAsErrors=false", "-p:TrimmerSingleWarn=false",
            .. native ? (string[])["-p:PublishAot=true"] : ["--self-contained", "false"],
        ];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, WorkingDirectory = Repository() };
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? new([.. said.Split('\n').Where(line => line.Contains("warning IL", StringComparison.Ordinal)).Select(line => line.Trim()).Distinct()])
            : throw new InvalidOperationException(said);
    }

    private static string Repository([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../.."));
}

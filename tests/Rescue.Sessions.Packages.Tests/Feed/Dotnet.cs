using System.Diagnostics;

namespace Rescue.Sessions.Packages.Feed;

/// <summary>The SDK's command line, in a folder.</summary>
internal static class Dotnet
{
    public static async Task<(int Code, string Output)> RunAsync(string folder, params string[] arguments)
    {
        using var process = Process.Start(Start(folder, arguments))!;
        var errors = process.StandardError.ReadToEndAsync(Cancelled);
        var output = await process.StandardOutput.ReadToEndAsync(Cancelled);
        await process.WaitForExitAsync(Cancelled);
        return (process.ExitCode, output + await errors);
    }

    /// <summary>Fails with the output when the command does.</summary>
    public static async Task<string> SucceedAsync(string folder, params string[] arguments)
    {
        var (code, output) = await RunAsync(folder, arguments);
        code.Should().Be(0, $"dotnet {string.Join(' ', arguments)} must succeed:\n{output}");
        return output;
    }

    public static ProcessStartInfo Start(string folder, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // What a test has started must end with it.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        return start;
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;
}

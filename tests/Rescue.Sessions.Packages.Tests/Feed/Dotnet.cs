using System.Diagnostics;

namespace Rescue.Sessions.Packages.Feed;

/// <summary>The SDK's command line, in a folder.</summary>
internal static class Dotnet
{
    // The longest of them builds a product, or tests one.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Runs a command; fails with its output when it does.</summary>
    public static async Task<string> SucceedAsync(string folder, params string[] arguments)
    {
        using var process = Process.Start(Start(folder, arguments))!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            var output = await process.StandardOutput.ReadToEndAsync(patience.Token) + await errors;
            await process.WaitForExitAsync(patience.Token);
            process.ExitCode.Should().Be(0, $"dotnet {string.Join(' ', arguments)} must succeed:\n{output}");
            return output;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException($"dotnet {string.Join(' ', arguments)} has not ended within {Patience}.");
        }
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
}

using System.Diagnostics;

namespace Rescue.Sessions.Reliability.Tests;

/// <summary>A figure's own command with a small count, as a process.</summary>
static class FigureRun
{
    // Half a minute on a machine that has nothing else to do.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Rescue.Sessions.Reliability.dll");

    /// <summary>Runs it; what it wrote and its exit code, which is 0 when the promise holds and the control has seen the attack.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string figure, int count)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Longest);
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Program, figure, "--count", $"{count}"]) { RedirectStandardOutput = true })!;
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, output);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}

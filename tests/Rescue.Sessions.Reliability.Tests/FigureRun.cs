using System.Diagnostics;

namespace Rescue.Sessions.Reliability.Tests;

/// <summary>A figure's own command with a small count, as a process.</summary>
internal static class FigureRun
{
    // Half a minute on a machine that has nothing else to do.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Rescue.Sessions.Reliability.dll");

    /// <summary>
    /// Runs it; what it wrote and its exit code, which is 0 when the promise holds and the control has seen the attack, and 1 when the promise is broken. A run whose
    /// control saw nothing, or that broke off, has said neither, and is made once more; what it wrote stands before what the second wrote.
    /// </summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string figure, int count)
    {
        var first = await RunOnceAsync(figure, count);
        if (first.ExitCode is 0 or 1)
            return first;
        var second = await RunOnceAsync(figure, count);
        return (second.ExitCode, first.Output + second.Output);
    }

    private static async Task<(int ExitCode, string Output)> RunOnceAsync(string figure, int count)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Longest);
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Program, figure, "--count", $"{count}"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            var mistakes = process.StandardError.ReadToEndAsync(patience.Token);
            var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, process.ExitCode is 0 or 1 ? output : $"{output}{await mistakes}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}

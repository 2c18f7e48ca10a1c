using System.Diagnostics;

namespace Rescue.Sessions.Benchmarks.Table;

/// <summary>A figure that was measured by this program in a process of its own, so that none finds what another has left in memory.</summary>
/// <param name="Name">The figure's name.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Verdicts">What it came to, as far as it came.</param>
/// <param name="ExitCode">0 where all of it holds, 1 where a target is missed; any other where it broke off.</param>
internal sealed record MeasuredFigure(string Name, string Title, IReadOnlyList<Verdict> Verdicts, int ExitCode)
{
    public bool Holds => ExitCode == 0;

    public bool IsComplete => ExitCode is 0 or 1;

    /// <summary>Measures it and passes on all that it says.</summary>
    public static async Task<MeasuredFigure> MeasureAsync(IFigure figure, TextWriter output)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [figure.Name]) { RedirectStandardOutput = true })!;
        var verdicts = new List<Verdict>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            await output.WriteLineAsync(line);
            if (Verdict.Read(line) is { } verdict)
                verdicts.Add(verdict);
        }

        await process.WaitForExitAsync();
        return new(figure.Name, figure.Title, verdicts, process.ExitCode);
    }
}

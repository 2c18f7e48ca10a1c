using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Rescue.Sessions.TestHost;

/// <summary>A real process whose output is read line by line, and which does not outlive the test.</summary>
public sealed class ConsoleProcess : IAsyncDisposable
{
    private const int TextFileBusy = 26;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = new();

    // Not disposed of: a line may still come from a process that has ended, and whoever brings it would end this one.
#pragma warning disable CA2213
    private readonly SemaphoreSlim arrived = new(0);
#pragma warning restore CA2213

    public ConsoleProcess(string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string folder)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        process = Start(start);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output => string.Join('\n', lines);

    public void Kill() => process.Kill(entireProcessTree: true);

    /// <summary>Stops it in the midst of what it does, as a lost line does to its messages, until <see cref="Continue"/>.</summary>
    public void Suspend() => Signal("STOP");

    public void Continue() => Signal("CONT");

    /// <summary>Asks it to end, as the closing of its window does.</summary>
    public void Terminate() => Signal("TERM");

    public Task WriteLineAsync(string line) => process.StandardInput.WriteLineAsync(line);

    public void CloseInput() => process.StandardInput.Close();

    public async Task<int> ExitCodeAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode;
    }

    /// <summary>Waits until the output matches; fails with the output when it does not in time.</summary>
    public async Task<Match> ExpectAsync(string pattern)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            if (Regex.Match(Output, pattern) is { Success: true } match)
                return match;
            try
            {
                await arrived.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Nothing like '{pattern}' came within {Patience}. The output is:\n{Output}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    // The shell's own kill, for the runtime can send no signal but the last one.
    private void Signal(string name)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -s {name} {process.Id}"]);
        kill.WaitForExit();
        kill.ExitCode.Should().Be(0);
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lines.Enqueue(line);
        arrived.Release();
    }

    // A process that another test starts at this moment holds, until it is itself, every file that is open here, also the one just unpacked.
    private static Process Start(ProcessStartInfo start)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return Process.Start(start)!;
            }
            catch (Win32Exception busy) when (busy.NativeErrorCode == TextFileBusy && attempt < 100)
            {
#pragma warning disable RS0030 // Nothing tells when another process has become itself, which takes it a moment.
                Thread.Sleep(20);
#pragma warning restore RS0030
            }
        }
    }
}

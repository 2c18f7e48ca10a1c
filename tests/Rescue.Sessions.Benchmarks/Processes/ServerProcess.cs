using System.Diagnostics;
using System.Globalization;
using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.Benchmarks.Processes;

/// <summary>This program once more, as a server that is told and answers line by line. It ends with its input.</summary>
internal sealed class ServerProcess(IEnumerable<string> arguments) : IAsyncDisposable
{
    private readonly Process process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    /// <summary>What it has cost so far.</summary>
    public ProcessCost Cost => ProcessCost.Of(process.Id);

    /// <summary>How many files it has open, connections among them.</summary>
    public int OpenFiles => Directory.EnumerateFileSystemEntries($"/proc/{process.Id}/fd").Count();

    public Task WriteAsync(string line) => process.StandardInput.WriteLineAsync(line);

    /// <exception cref="InvalidOperationException">It has ended.</exception>
    public async Task<string> ReadAsync() =>
        await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server ended; its standard error says why.");

    public async Task<long> ReadNumberAsync() => long.Parse(await ReadAsync(), CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}

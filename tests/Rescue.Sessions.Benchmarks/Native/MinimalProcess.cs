using System.Diagnostics;

namespace Rescue.Sessions.Benchmarks.Native;

/// <summary>A published samples/Minimal on a free port of loopback.</summary>
internal sealed class MinimalProcess : IAsyncDisposable
{
    private const string Mark = "Now listening on: ";

    private readonly Process process;

    public MinimalProcess(string program)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, WorkingDirectory = Path.GetDirectoryName(program)! };
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        process = Process.Start(start)!;
    }

    public int Id => process.Id;

    /// <summary>Asks for a customer's page as soon as the server listens.</summary>
    /// <exception cref="InvalidOperationException">The server ended before.</exception>
    public async Task AnswerAsync()
    {
        while (true)
        {
            var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server ended before it listened.");
            if (line.IndexOf(Mark, StringComparison.Ordinal) is var at && at >= 0)
            {
                using var client = new HttpClient();
                using var page = await client.GetAsync(new Uri(new Uri(line[(at + Mark.Length)..].Trim()), "/Customer"));
                page.EnsureSuccessStatusCode();
                return;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}

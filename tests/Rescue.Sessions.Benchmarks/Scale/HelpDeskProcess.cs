using System.Diagnostics;
using System.Globalization;
using Rescue.Sessions.Benchmarks.Web;

namespace Rescue.Sessions.Benchmarks.Scale;

/// <summary>A help desk in a process of its own. It is told on its input how many sessions to make, and answers with their tokens.</summary>
sealed class HelpDeskProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly JoiningClients clients;

    private HelpDeskProcess(Process process, JoiningClients clients, TimeSpan fillTime)
    {
        this.process = process;
        this.clients = clients;
        FillTime = fillTime;
    }

    /// <summary>How long it took until the sessions were there.</summary>
    public TimeSpan FillTime { get; }

    public static async Task<HelpDeskProcess> StartAsync(int sessions, string? database)
    {
        var start = Stopwatch.GetTimestamp();
        var process = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath!, [HelpDeskServer.Name, sessions.ToString(CultureInfo.InvariantCulture), .. database is null ? (string[])[] : [database]])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var port = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The help desk ended as it started.");
        return new(process, await JoiningClients.ConnectAsync(int.Parse(port, CultureInfo.InvariantCulture)), Stopwatch.GetElapsedTime(start));
    }

    public async Task<Func<Task>> PrepareJoinsAsync(int count)
    {
        await process.StandardInput.WriteLineAsync(count.ToString(CultureInfo.InvariantCulture));
        var requests = new byte[count][];
        for (var number = 0; number < count; number++)
            requests[number] = JoiningClients.Request("/applet/join", (await process.StandardOutput.ReadLineAsync())!);
        return clients.Send(requests);
    }

    public async ValueTask DisposeAsync()
    {
        clients.Dispose();
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}

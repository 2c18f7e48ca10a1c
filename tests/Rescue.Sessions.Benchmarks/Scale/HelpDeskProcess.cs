using System.Diagnostics;
using System.Globalization;
using Rescue.Sessions.Benchmarks.Processes;
using Rescue.Sessions.Benchmarks.Web;

namespace Rescue.Sessions.Benchmarks.Scale;

/// <summary>A help desk in a process of its own. It is told on its input how many sessions to make, and answers with their tokens.</summary>
internal sealed class HelpDeskProcess : IAsyncDisposable
{
    private readonly ServerProcess process;
    private readonly JoiningClients clients;

    private HelpDeskProcess(ServerProcess process, JoiningClients clients, TimeSpan fillTime)
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
        var process = new ServerProcess([HelpDeskServer.Name, sessions.ToString(CultureInfo.InvariantCulture), .. database is null ? (string[])[] : [database]]);
        var port = await process.ReadNumberAsync();
        return new(process, await JoiningClients.ConnectAsync((int)port), Stopwatch.GetElapsedTime(start));
    }

    public async Task<Func<Task>> PrepareJoinsAsync(int count)
    {
        await process.WriteAsync(count.ToString(CultureInfo.InvariantCulture));
        var requests = new byte[count][];
        for (var number = 0; number < count; number++)
            requests[number] = JoiningClients.Request("/applet/join", await process.ReadAsync());
        return clients.Send(requests);
    }

    public async ValueTask DisposeAsync()
    {
        clients.Dispose();
        await process.DisposeAsync();
    }
}

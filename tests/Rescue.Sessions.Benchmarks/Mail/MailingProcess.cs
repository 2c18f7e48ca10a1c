using System.Data.Common;
using System.Globalization;
using Rescue.Sessions.Benchmarks.Durable;
using Rescue.Sessions.Benchmarks.Processes;
using Rescue.Sessions.Benchmarks.Web;

namespace Rescue.Sessions.Benchmarks.Mail;

/// <summary>A help desk in a process of its own, at which technicians make sessions whose customers are mailed.</summary>
internal sealed class MailingProcess : IAsyncDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    private readonly ServerProcess process;
    private readonly JoiningClients clients;
    private readonly DbConnection database;
    private int asked;

    private MailingProcess(ServerProcess process, JoiningClients clients, DbConnection database)
    {
        this.process = process;
        this.clients = clients;
        this.database = database;
    }

    public static async Task<MailingProcess> StartAsync(IEngine engine, int mailPort)
    {
        var process = new ServerProcess([MailingServer.Name, mailPort.ToString(CultureInfo.InvariantCulture), engine.ConnectionString]);
        var port = (int)await process.ReadNumberAsync();
        return new(process, await JoiningClients.ConnectAsync(port), await engine.OpenAsync());
    }

    /// <summary>The work of making so many sessions and of waiting until the outbox has noted that the mail server has taken the last message.</summary>
    public Task<Func<Task>> Prepare(int count)
    {
        var requests = new byte[count][];
        for (var number = 0; number < count; number++)
        {
            asked++;
            requests[number] = RawHttpConnection.Post(
                "/rescue/sessions", $$$"""{"customerName":"Customer {{{asked}}}","email":{"delivery":"onMyBehalf","to":"customer-{{{asked}}}@example.org"}}""");
        }

        var create = clients.Send(requests);
        return Task.FromResult<Func<Task>>(async () =>
        {
            await create();
            while (await CountWaitingAsync() > 0)
                await Task.Delay(Glance);
        });
    }

    public async ValueTask DisposeAsync()
    {
        clients.Dispose();
        await database.DisposeAsync();
        await process.DisposeAsync();
    }

    private async Task<long> CountWaitingAsync()
    {
        await using var command = database.CreateCommand();
        command.CommandText = "SELECT count(*) FROM rescue_outbox";
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }
}

using System.Globalization;
using Rescue.Sessions.Benchmarks.Processes;
using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.Benchmarks.Crowds;

/// <summary>A help desk in a process of its own, where customers wait whose programs are here.</summary>
internal sealed class CrowdProcess : IAsyncDisposable
{
    /// <summary>The longest silence that a host may bear, for customers who only listen.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly ServerProcess process;

    private CrowdProcess(ServerProcess process, int port, WaitingCustomer[] customers)
    {
        this.process = process;
        Port = port;
        Customers = customers;
    }

    public int Port { get; }

    public IReadOnlyList<WaitingCustomer> Customers { get; }

    /// <summary>What it has cost so far.</summary>
    public ProcessCost Cost => process.Cost;

    /// <summary>How many files it has open, connections among them.</summary>
    public int OpenFiles => process.OpenFiles;

    /// <summary>Starts it, and waits until all customers are there.</summary>
    /// <param name="customers">How many.</param>
    /// <param name="silence">How long each may be silent.</param>
    /// <param name="database">The connection string; null for the store in memory.</param>
    public static async Task<CrowdProcess> StartAsync(int customers, TimeSpan silence, string? database)
    {
        var process = new ServerProcess(
            [CrowdServer.Name, customers.ToString(CultureInfo.InvariantCulture), silence.ToString(), .. database is null ? (string[])[] : [database]]);
        var port = (int)await process.ReadNumberAsync();
        var waiting = new WaitingCustomer[customers];
        for (var number = 0; number < customers; number++)
        {
            var line = (await process.ReadAsync()).Split(' ');
            waiting[number] = new(line[0], line[1]);
        }

        return new(process, port, waiting);
    }

    /// <summary>How many statements it has given to SQLite so far.</summary>
    public async Task<long> CountStatementsAsync()
    {
        await process.WriteAsync("statements");
        return await process.ReadNumberAsync();
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();
}

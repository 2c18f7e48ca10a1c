using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Benchmarks.Processes;
using Rescue.Sessions.Joining;

namespace Rescue.Sessions.Benchmarks.Crowds;

/// <summary>The other end of <see cref="CrowdProcess"/>: a help desk with so many customers who wait, in memory or in a database.</summary>
internal static class CrowdServer
{
    /// <summary>What it is called on the command line, followed by the number of customers, how long they may be silent, and the database, if there is one.</summary>
    public const string Name = "crowd";

    public static async Task<int> RunAsync(string[] arguments)
    {
        var customers = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        var silence = TimeSpan.Parse(arguments[2], CultureInfo.InvariantCulture);
        await using var app = HostedDesk.Build(arguments is [_, _, _, var database] ? database : null, options =>
        {
            // It takes a while until all are there and beat.
            options.Timeouts.Connecting = TimeSpan.Zero;
            options.Codes.Validity = TimeSpan.FromDays(1);
            options.Timeouts.Silence = silence;
        });
        await Console.Out.WriteLineAsync((await HostedDesk.StartAsync(app)).ToString(CultureInfo.InvariantCulture));
        foreach (var customer in await GatherAsync(app.Services, customers))
            await Console.Out.WriteLineAsync($"{customer.Session} {customer.Key}");
        while (await Console.In.ReadLineAsync() is not null)
            await Console.Out.WriteLineAsync(CountingSqliteConnection.Statements.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static async Task<IReadOnlyCollection<WaitingCustomer>> GatherAsync(IServiceProvider services, int count)
    {
        var invitations = services.GetRequiredService<SupportInvitations>();
        var (customers, applets) = (services.GetRequiredService<CustomerSessions>(), services.GetRequiredService<AppletSessions>());
        var waiting = new ConcurrentBag<WaitingCustomer>();
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, cancellationToken) =>
        {
            var created = (CreateSessionResult.Created)await invitations.CreateAsync(HostedDesk.Ada, new($"Customer {number}"), cancellationToken: cancellationToken);
            var joined = (JoinResult.Joined)await customers.JoinAsync(created.Link!.Token!, "applet", cancellationToken);
            await applets.ReadyAsync(created.Session.Id, joined.Key, "machine", platform: null, cancellationToken: cancellationToken);
            waiting.Add(new(created.Session.Id.ToString(), joined.Key.Text));
        });
        return waiting;
    }
}

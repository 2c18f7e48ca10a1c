using System.Diagnostics;
using System.Text.Json;
using Rescue.Sessions.Reliability.Nodes;
using Rescue.Sessions.Reliability.Nodes.Weaknesses;

namespace Rescue.Sessions.Reliability.Hooks;

/// <summary>
/// R16: nodes are killed while sessions live their lives, beside a handler that fails, and a slow, a failing and a healthy receiver of webhooks. Everybody is told of
/// everything, of each session in order, and what is told again is the same.
/// </summary>
internal sealed class ToldOnce : IFigure
{
    private const int ControlEvents = 700;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    // Longer than a lease: then nobody will come any more.
    private static readonly TimeSpan ControlPatience = TimeSpan.FromSeconds(25);

    // What is set holds on every node a second later.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    public string Name => "r16";

    public string Promise => "kill -9 of nodes while a durable subscription and webhooks are told what happens: 0 lost, in order per session, repeats are the same";

    public int FullCount => 50_000;

    public async Task<bool> RunAsync(RunArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        using var weakened = new PostgreSqlNodes();
        using var postgres = new PostgreSqlNodes();
        // Both at once, for much of the time is spent waiting for leases to end.
        var tallies = await Task.WhenAll(
            RunAsync(weakened, Weakness.ForgetfulSubscriptions, arguments with { Count = ControlEvents }, ControlPatience, cancellationToken),
            RunAsync(postgres, Weakness.None, arguments, Patience, cancellationToken));
        output.WriteLine($"control: {weakened.Name}, how far a subscription has come is not stored: {tallies[0]}");
        output.WriteLine($"{postgres.Name}, {Cluster.Size} processes: {tallies[1]}");
        if (tallies[1].IsClean && tallies[0].Lost == 0)
            throw new VoidRunException("nothing was lost without the stored cursor, so the attack is too weak to see anything.");
        return tallies[1].IsClean;
    }

    private static async Task<HookTally> RunAsync(
        NodeDatabase database, Weakness weakness, RunArguments arguments, TimeSpan patience, CancellationToken cancellationToken)
    {
        await using var server = await HookServer.StartAsync(arguments.Seed);
        using var cluster = await Cluster.StartAsync(
            database, new() { Weakness = weakness, Hook = server.AddressOf(HookReceiver.Handler).AbsoluteUri, Quiet = true }, [], cancellationToken);
        await WaitForSubscriptionsAsync(database, cancellationToken);
        foreach (var receiver in (HookReceiver[])[HookReceiver.Healthy, HookReceiver.Slow, HookReceiver.Failing])
        {
            var made = (await cluster[0].PostAsync(
                "rescue/settings/webhooks", new { url = server.AddressOf(receiver) }, SupportDesk.Technician, cancellationToken: cancellationToken)).Require();
            server.Trust(receiver, made.Text("secret") ?? throw new JsonException("A webhook was made without a secret."));
        }

        await Task.Delay(Settling, cancellationToken);
        var load = new HookLoad(cluster, arguments);
        var killer = new HookKiller(cluster, load, arguments);
        var loading = load.RunAsync(cancellationToken);
        await killer.RunAsync(loading, cancellationToken);
        await loading;
        return await HookTally.TakeAsync(database, server, killer.Kills, patience, cancellationToken);
    }

    // Webhooks are told what happens from when their subscription is first taken on.
    private static async Task WaitForSubscriptionsAsync(NodeDatabase database, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        while (await database.CountAsync("SELECT count(*) FROM rescue_subscription", cancellationToken) < 2)
        {
            if (Stopwatch.GetElapsedTime(began) > Patience)
                throw new TimeoutException($"No node has taken the handler's and the webhooks' subscription on for {Patience}.");
            await Task.Delay(Interval, cancellationToken);
        }
    }
}

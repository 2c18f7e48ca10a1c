using System.Diagnostics;
using System.Globalization;
using Rescue.Sessions.Reliability.Nodes;

namespace Rescue.Sessions.Reliability.Hooks;

/// <summary>What has happened and who has been told of it, side by side.</summary>
internal sealed class HookTally
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly IReadOnlyList<long> events;
    private readonly HookServer server;
    private readonly int kills;
    private readonly TimeSpan drain;

    private HookTally(IReadOnlyList<long> events, HookServer server, int kills, TimeSpan drain) =>
        (this.events, this.server, this.kills, this.drain) = (events, server, kills, drain);

    /// <summary>Events of which somebody was never told.</summary>
    public int Lost => Receivers.Sum(LostOf);

    public bool IsClean => events.Count > 0 && Lost == 0 && Receivers.All(receiver => server[receiver] is { Different: 0, Unsigned: 0 } log && log.CountDisordered() == 0);

    private static HookReceiver[] Receivers => Enum.GetValues<HookReceiver>();

    /// <summary>Waits until all have been told of everything, or nobody is told anything more.</summary>
    /// <param name="database">The nodes' database.</param>
    /// <param name="server">The receivers.</param>
    /// <param name="kills">How many nodes were killed.</param>
    /// <param name="patience">How long nobody may be told anything.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<HookTally> TakeAsync(NodeDatabase database, HookServer server, int kills, TimeSpan patience, CancellationToken cancellationToken)
    {
        var events = await database.ListAsync("SELECT sequence FROM rescue_event ORDER BY sequence", cancellationToken);
        var began = Stopwatch.GetTimestamp();
        var (last, seen) = (began, -1);
        while (true)
        {
            var told = Receivers.Sum(receiver => server[receiver].Count);
            if (told != seen)
                (last, seen) = (Stopwatch.GetTimestamp(), told);
            if (told >= events.Count * Receivers.Length || Stopwatch.GetElapsedTime(last) > patience)
                return new(events, server, kills, Stopwatch.GetElapsedTime(began));
            await Task.Delay(Interval, cancellationToken);
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{events.Count:N0} events, {kills:N0} nodes killed, all told {drain.TotalSeconds:N0} s after the last step; {string.Join("; ", Receivers.Select(Describe))}");

    private int LostOf(HookReceiver receiver) => events.Count(sequence => !server[receiver].Has(sequence));

    private string Describe(HookReceiver receiver)
    {
        var log = server[receiver];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{receiver}: {LostOf(receiver):N0} lost, {log.CountDisordered():N0} out of order, {log.Repeats:N0} repeats, {log.Different:N0} of them different, {log.Unsigned:N0} unsigned");
    }
}

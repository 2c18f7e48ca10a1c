using System.Collections.Concurrent;
using System.Globalization;
using Rescue.Sessions.Reliability.Nodes;

namespace Rescue.Sessions.Reliability.Load;

/// <summary>Whether streams heard what was theirs, once and in order. Thread-safe.</summary>
internal sealed class StreamTally
{
    private static readonly string[] StepsOfLife = ["active", "onHold", "active", "closed"];

    private readonly ConcurrentBag<(string Tenant, ListeningStream Stream)> technicians = [];
    private readonly ConcurrentQueue<string> wrongCustomers = new();

    private int customers;

    public int Customers => customers;

    /// <summary>What those customers heard who did not hear what was theirs.</summary>
    public IReadOnlyCollection<string> WrongCustomers => wrongCustomers;

    public void AddTechnician(string tenant, ListeningStream stream) => technicians.Add((tenant, stream));

    /// <summary>Looks at the whole of what a customer heard, whose session has ended. The first is the status at the beginning.</summary>
    public void CountCustomer(ListeningStream stream)
    {
        Interlocked.Increment(ref customers);
        // A node that has not yet heard what the others did begins before the customer was ready, or joined.
        HeardEvent[] heard = [.. stream.Heard.Skip(1).SkipWhile(happened => happened.Status is "connecting" or "waiting")];
        if (!heard.Select(happened => happened.Status).SequenceEqual(StepsOfLife) || !IsInOrder(heard) || heard[0].Id <= stream.Cursor)
            wrongCustomers.Enqueue(string.Create(CultureInfo.InvariantCulture, $"from {stream.Cursor}: {string.Join(", ", stream.Heard)}"));
    }

    /// <summary>What those technicians heard whose streams did not hear just what the store holds for their tenant since they were opened.</summary>
    /// <param name="database">What happened, by itself.</param>
    /// <param name="strike">How many events of each are struck out of what was heard, as a control.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<string>> FindWrongTechniciansAsync(NodeDatabase database, int strike, CancellationToken cancellationToken)
    {
        var wrong = new List<string>();
        foreach (var (tenant, stream) in technicians)
        {
            var heard = stream.Heard.Skip(strike).ToArray();
            var happened = await database.ListAsync(
                string.Create(CultureInfo.InvariantCulture, $"SELECT sequence FROM rescue_event WHERE tenant = '{tenant}' AND sequence > {stream.Cursor} ORDER BY sequence"), cancellationToken);
            if (!heard.Select(one => one.Id).SequenceEqual(happened))
                wrong.Add(Describe(tenant, stream, happened));
        }

        return wrong;
    }

    /// <summary>How many events technicians' streams have heard.</summary>
    public long CountHeard() => technicians.Sum(listener => (long)listener.Stream.Heard.Count);

    /// <summary>How often a technician's stream was ended by its node and came back, as a browser does.</summary>
    public int CountReturns() => technicians.Sum(listener => listener.Stream.Returns);

    private static bool IsInOrder(ReadOnlySpan<HeardEvent> heard)
    {
        for (var i = 1; i < heard.Length; i++)
        {
            if (heard[i].Id <= heard[i - 1].Id)
                return false;
        }

        return true;
    }

    private static string Describe(string tenant, ListeningStream stream, IReadOnlyList<long> happened)
    {
        long[] heard = [.. stream.Heard.Select(one => one.Id)];
        var missed = happened.Except(heard).ToList();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{tenant} from {stream.Cursor}: {heard.Length} of {happened.Count}, missed {missed.Count} ({string.Join(", ", missed.Take(3))} to {missed.LastOrDefault()}), "
            + $"{heard.Except(happened).Count()} that never happened, {heard.Length - heard.Distinct().Count()} twice, last {heard.LastOrDefault()}, ended {stream.Ended.IsCompleted}, came back {stream.Returns} times");
    }
}

using System.Collections.Concurrent;
using System.Globalization;
using Rescue.Sessions.Reliability.Nodes;

namespace Rescue.Sessions.Reliability.Load;

/// <summary>Whether streams heard what was theirs, once and in order. Thread-safe.</summary>
sealed class StreamTally
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

    /// <summary>How many technicians' streams did not hear just what the store holds for their tenant since they were opened.</summary>
    /// <param name="database">What happened, by itself.</param>
    /// <param name="strike">How many events of each are struck out of what was heard, as a control.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<int> CountWrongTechniciansAsync(NodeDatabase database, int strike, CancellationToken cancellationToken)
    {
        var wrong = 0;
        foreach (var (tenant, stream) in technicians)
        {
            var heard = stream.Heard.Skip(strike).ToArray();
            var happened = await database.CountAsync(
                string.Create(CultureInfo.InvariantCulture, $"SELECT count(*) FROM rescue_event WHERE tenant = '{tenant}' AND sequence > {stream.Cursor}"), cancellationToken);
            if (heard.Length != happened || !IsInOrder(heard))
                wrong++;
        }

        return wrong;
    }

    /// <summary>How many events technicians' streams have heard.</summary>
    public long CountHeard() => technicians.Sum(listener => (long)listener.Stream.Heard.Count);

    private static bool IsInOrder(ReadOnlySpan<HeardEvent> heard)
    {
        for (var i = 1; i < heard.Length; i++)
        {
            if (heard[i].Id <= heard[i - 1].Id)
                return false;
        }

        return true;
    }
}

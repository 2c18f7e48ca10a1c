using System.Diagnostics;
using Rescue.Sessions.Reliability.Nodes;
using Rescue.Sessions.Reliability.Nodes.Mail;

namespace Rescue.Sessions.Reliability.Load;

/// <summary>R14: a product in use, for half an hour at half of what the machine can do.</summary>
internal sealed class MixedLoad : IFigure
{
    private const int Makers = 32;
    private const int Helpers = 16;

    // Finding the rate takes a tenth of the time of the run, a minute at most.
    private const int ProbeShare = 10;

    private static readonly TimeSpan LongestProbe = TimeSpan.FromMinutes(1);

    private int next;

    public string Name => "r14";

    public string Promise =>
        "live sessions, open streams and mixed traffic at half the rate of the machine: nothing lost, no HTTP 5xx, every stream hears its own once and in order, "
        + "flat memory; and an event that costs the same among few streams and many";

    public int FullCount => 1_800;

    public async Task<bool> RunAsync(RunArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        if (!await StreamCost.HoldsAsync(output, cancellationToken))
            return false;

        var size = LoadSize.For(arguments.Count);
        using var sink = new MailSink();
        using var database = new PostgreSqlNodes();
        using var cluster = await Cluster.StartAsync(database, new() { SmtpPort = sink.Port, DirectConnections = true }, [], cancellationToken);
        var times = new StepTimes();
        var traffic = new HelpDeskTraffic(cluster, sink, times);
        await FillAsync(traffic, size, output, cancellationToken);

        using var beats = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var beating = traffic.BeatAsync(beats.Token);
        var rate = await FindRateAsync(traffic, size, cancellationToken);
        output.WriteLine($"found {rate:0.0} customers a second, from invitation to close; the run takes half of it for {size.Seconds} s");
        times.Clear();
        var memory = new MemoryWatch(cluster, size.Seconds);
        var before = LoadParts.Read(cluster, database);
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(KeepUpAsync(traffic, rate / 2, size.Seconds, cancellationToken), memory.RunAsync(cancellationToken));
        var took = Stopwatch.GetElapsedTime(began);
        output.WriteLine(LoadParts.Read(cluster, database).Since(before, took));
        await beats.CancelAsync();
        await beating;
        times.Write(output, took);
        return await new LoadVerdict(traffic, times, memory, database, sink).HoldsAsync(output, cancellationToken);
    }

    private async Task FillAsync(HelpDeskTraffic traffic, LoadSize size, TextWriter output, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        await traffic.ListenAsync(size.Technicians, cancellationToken);
        await ManyAsync(size.LiveSessions, traffic.CreateAsync, cancellationToken);
        await ManyAsync(size.Customers, traffic.ArriveAsync, cancellationToken);
        output.WriteLine(
            $"{Cluster.Size} processes, {size.LiveSessions} live sessions, {size.Customers} waiting customers and {size.Technicians} technicians with open streams, "
            + $"made in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s");
    }

    private Task ManyAsync(int count, Func<int, CancellationToken, Task> act, CancellationToken cancellationToken) => Parallel.ForAsync(
        0,
        count,
        new ParallelOptions { MaxDegreeOfParallelism = Makers, CancellationToken = cancellationToken },
        async (_, token) => await act(Interlocked.Increment(ref next), token));

    // As many as there are hands, as fast as they are answered.
    private async Task<double> FindRateAsync(HelpDeskTraffic traffic, LoadSize size, CancellationToken cancellationToken)
    {
        var (began, before) = (Stopwatch.GetTimestamp(), traffic.Closed);
        var longest = TimeSpan.FromSeconds(Math.Min(LongestProbe.TotalSeconds, Math.Max(5, size.Seconds / ProbeShare)));
        await Task.WhenAll(Enumerable.Range(0, Helpers).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(began) < longest)
                await traffic.HelpAsync(Interlocked.Increment(ref next), cancellationToken);
        }));
        return (traffic.Closed - before) / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    // At a rate, however long the answers take: who is slow does not make the load less.
    private async Task KeepUpAsync(HelpDeskTraffic traffic, double rate, int seconds, CancellationToken cancellationToken)
    {
        var helping = new List<Task>();
        var began = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var helped = 0; Stopwatch.GetElapsedTime(began).TotalSeconds < seconds && await timer.WaitForNextTickAsync(cancellationToken);)
        {
            for (; helped < rate * Stopwatch.GetElapsedTime(began).TotalSeconds; helped++)
                helping.Add(traffic.HelpAsync(Interlocked.Increment(ref next), cancellationToken));
            helping.RemoveAll(task => task.IsCompletedSuccessfully);
        }

        await Task.WhenAll(helping);
    }
}

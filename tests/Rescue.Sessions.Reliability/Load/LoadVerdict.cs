using System.Diagnostics;
using Rescue.Sessions.Reliability.Nodes;
using Rescue.Sessions.Reliability.Nodes.Mail;

namespace Rescue.Sessions.Reliability.Load;

/// <summary>Whether a run has kept what is promised. What the store, the mail server and the streams say is laid beside what was asked and acknowledged.</summary>
internal sealed class LoadVerdict(HelpDeskTraffic traffic, StepTimes times, MemoryWatch memory, NodeDatabase database, MailSink sink)
{
    private const float LongestJoin = 50;
    private const double MostGrowth = 1.05;
    private const int Told = 10;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public async Task<bool> HoldsAsync(TextWriter output, CancellationToken cancellationToken)
    {
        var wrongTechnicians = await SettleAsync(cancellationToken);
        var stored = await database.CountAsync("SELECT count(*) FROM rescue_session", cancellationToken);
        var ended = await database.CountAsync("SELECT count(*) FROM rescue_session WHERE status = 'Closed'", cancellationToken);
        var outbox = await database.CountOutboxAsync(cancellationToken);
        var (join, growth) = (times.Percentile(Step.Join, 0.99), memory.Growth());
        output.WriteLine($"sessions: {traffic.Created - stored} of {traffic.Created} lost; ends: {traffic.Closed - ended} of {traffic.Closed} lost");
        output.WriteLine($"mails: {traffic.Mailed - sink.Count} of {traffic.Mailed} lost, {sink.Repeats} twice, {outbox} left in the outbox");
        output.WriteLine(
            $"streams: {traffic.Streams.WrongCustomers.Count} of {traffic.Streams.Customers} customers and {wrongTechnicians.Count} of the technicians did not hear their own once and in order "
            + $"({traffic.Streams.CountHeard()} events heard by technicians, whose streams came back {traffic.Streams.CountReturns()} times)");
        foreach (var heard in traffic.Streams.WrongCustomers.Take(Told))
            output.WriteLine($"  a customer heard, {heard}");
        foreach (var heard in wrongTechnicians.Take(Told))
            output.WriteLine($"  a technician heard, {heard}");
        output.WriteLine($"answers: {times.ServerErrors} HTTP 5xx, {times.Refused} not as they should be");
        output.WriteLine($"join p99 {join:0.0} ms; memory of the nodes {(growth is { } grown ? $"{grown:P1} of that after five minutes" : "not judged in a short run")}");
        var holds = traffic.Created == stored && traffic.Closed == ended && traffic.Mailed == sink.Count && sink.Repeats == 0 && outbox == 0
            && traffic.Streams.WrongCustomers.Count == 0 && wrongTechnicians is [] && times.Refused == 0
            && (growth is null || (growth <= MostGrowth && join <= LongestJoin));
        if (holds && await traffic.Streams.FindWrongTechniciansAsync(database, strike: 1, cancellationToken) is [])
            throw new VoidRunException("an event that was struck out of every technician's stream is not missed.");
        return holds;
    }

    // The last mails are taken and not yet recorded, and the last events are on their way.
    private async Task<IReadOnlyList<string>> SettleAsync(CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var isSent = await database.CountOutboxAsync(cancellationToken) == 0;
            var wrong = await traffic.Streams.FindWrongTechniciansAsync(database, strike: 0, cancellationToken);
            if ((isSent && wrong is []) || Stopwatch.GetElapsedTime(began) > Patience)
                return wrong;
            await Task.Delay(Interval, cancellationToken);
        }
    }
}

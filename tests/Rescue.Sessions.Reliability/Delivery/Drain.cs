using System.Diagnostics;
using Rescue.Sessions.Reliability.Nodes;
using Rescue.Sessions.Reliability.Nodes.Mail;

namespace Rescue.Sessions.Reliability.Delivery;

/// <summary>The end of a run, when nothing is killed any more.</summary>
internal static class Drain
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    // A node without an outbox says nothing of what it still holds. Much longer than the slowest mail server takes for one.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    /// <summary>Waits until nothing is left to be sent; the moment at which that was so.</summary>
    public static async Task<long> WaitAsync(NodeDatabase database, MailSink sink, InvitationLoad load, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var (last, seen) = (began, sink.Count);
        while (Stopwatch.GetElapsedTime(began) < Patience)
        {
            if (sink.Count != seen)
                (last, seen) = (Stopwatch.GetTimestamp(), sink.Count);
            if (await database.CountOutboxAsync(cancellationToken) == 0 && (seen == load.Count || Stopwatch.GetElapsedTime(last) > Silence))
                break;
            await Task.Delay(Interval, cancellationToken);
        }

        return Stopwatch.GetTimestamp();
    }
}

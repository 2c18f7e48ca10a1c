using System.Collections.Immutable;

namespace Rescue.Sessions.Deadlines;

/// <summary>How every sweep goes through what the store finds due: a batch at a time, of which one of all nodes records each.</summary>
internal static class SweepBatches
{
    private const int Size = 200;

    /// <summary>Goes on until nothing is left, or nothing of a batch could be recorded: what is overdue meanwhile is refused until that is recorded, by another sweep.</summary>
    /// <param name="lease">Which node does it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="find">Finds what is due now, at most so many.</param>
    /// <param name="record">Records what is due of one; answers whether anything was.</param>
    /// <param name="cancellationToken">Ends the sweep between two sessions.</param>
    public static async Task RunAsync(
        SweepLease lease,
        TimeProvider time,
        Func<DateTimeOffset, int, CancellationToken, ValueTask<ImmutableArray<Session>>> find,
        Func<Session, DateTimeOffset, ValueTask<bool>> record,
        CancellationToken cancellationToken)
    {
        bool isMore;
        do
        {
            var now = time.GetUtcNow();
            var due = await find(now, Size, cancellationToken).ConfigureAwait(false);
            if (due.IsEmpty || !await lease.IsHeldAsync(cancellationToken).ConfigureAwait(false))
                return;
            var isRecorded = false;
            foreach (var session in due)
                isRecorded |= await record(session, now).ConfigureAwait(false);
            isMore = due.Length == Size && isRecorded;
        }
        while (isMore);
    }
}

namespace Rescue.Sessions.Telemetry;

/// <summary>
/// What the log is told of one kind of work while the store is away, in which it fails many times a second: the first failure of each sort, the same again every ten
/// minutes, and that it is over. Thread-safe.
/// </summary>
internal sealed class Outage(TimeProvider time)
{
    private static readonly TimeSpan Reminder = TimeSpan.FromMinutes(10);

    // Longer than between two tries of whatever is tried: some of the work may go well while the rest still fails, and some of the statements of a database that is busy.
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(2);

    private readonly Lock gate = new();
    private readonly HashSet<Type> told = [];
    private volatile bool isOn;
    private DateTimeOffset since;
    private long toldAt;
    private long latest;
    private int failures;
    private int leftOut;

    /// <summary>Notes a failure.</summary>
    /// <returns>How many were left out since the log was told of one; null where this one is left out too.</returns>
    public int? Fail(Exception failure)
    {
        lock (gate)
        {
            latest = time.GetTimestamp();
            if (!isOn)
                Begin();
            failures++;
            if (time.GetElapsedTime(toldAt, latest) >= Reminder)
            {
                told.Clear();
                toldAt = latest;
            }

            // A fault of another sort does not hide behind an outage.
            if (!told.Add((failure.InnerException ?? failure).GetType()))
            {
                leftOut++;
                return null;
            }

            var before = leftOut;
            leftOut = 0;
            return before;
        }
    }

    /// <summary>Notes that some of the work was done.</summary>
    /// <returns>The outage that is over with that; null where there is none, or where something may still fail.</returns>
    public (DateTimeOffset Since, int Failures)? Succeed()
    {
        // Most of what is done is done while all is well.
        if (!isOn)
            return null;
        lock (gate)
        {
            if (!isOn || time.GetElapsedTime(latest) < Quiet)
                return null;
            isOn = false;
            return (since, failures);
        }
    }

    private void Begin()
    {
        isOn = true;
        since = time.GetUtcNow();
        toldAt = latest;
        (failures, leftOut) = (0, 0);
        told.Clear();
    }
}

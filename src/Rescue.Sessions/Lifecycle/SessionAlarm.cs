namespace Rescue.Sessions.Lifecycle;

/// <summary>A warning before a deadline. Alarms escalate: level 1 at half of the time, 2 at three quarters, 3 at nine tenths.</summary>
/// <param name="At">When it is due.</param>
/// <param name="Level">How urgent it is, 1 to 3.</param>
public readonly record struct SessionAlarm(DateTimeOffset At, int Level)
{
    private static readonly double[] Elapsed = [0.5, 0.75, 0.9];

    /// <summary>The alarm after <paramref name="level"/> (0 for the first) of a deadline that runs since <paramref name="since"/>; null when there is none.</summary>
    internal static SessionAlarm? Next(SessionDeadline? deadline, DateTimeOffset since, int level) =>
        deadline is { } due && Warns(due.Trigger) && level < Elapsed.Length
            ? new SessionAlarm(since + ((due.At - since) * Elapsed[level]), level + 1)
            : null;

    // Technicians are warned of what they can still prevent.
    private static bool Warns(SessionTrigger trigger) => trigger is
        SessionTrigger.Expire or SessionTrigger.ConnectingTimeOut or SessionTrigger.WaitingTimeOut or SessionTrigger.IdleTimeOut or SessionTrigger.HoldTimeOut;
}

namespace Rescue.Sessions.EntityFrameworkCore.Sessions;

/// <summary>Moments as columns have them: UTC ticks of 100 nanoseconds since the year 1.</summary>
internal static class Ticks
{
    public static long? Of(DateTimeOffset? moment) => moment?.UtcTicks;

    public static DateTimeOffset? Read(long? ticks) => ticks is { } known ? new DateTimeOffset(known, TimeSpan.Zero) : null;
}

namespace Rescue.Sessions.Lifecycle;

/// <summary>
/// A moment in UTC, or none, in eight bytes: a <see cref="DateTimeOffset"/> takes 16 and one that may be missing 24, and a snapshot has nine of them.
/// </summary>
internal readonly record struct Moment(long Ticks)
{
    /// <summary>The moment; the first of all when there is none.</summary>
    public DateTimeOffset At => new(Ticks, TimeSpan.Zero);

    /// <summary>The moment, or null when there is none.</summary>
    public DateTimeOffset? AtOrNull => Ticks == 0 ? null : At;

    public static implicit operator Moment(DateTimeOffset at) => new(at.UtcTicks);

    public static implicit operator Moment(DateTimeOffset? at) => new(at?.UtcTicks ?? 0);
}

namespace Rescue.Sessions.Reliability.Templates.Attack;

/// <summary>What handling one template cost.</summary>
/// <param name="Time">On the clock, so that it is never less than the work took.</param>
/// <param name="AllocatedBytes">By this thread.</param>
internal readonly record struct TemplateCost(TimeSpan Time, long AllocatedBytes)
{
    /// <summary>The most that checking a template may cost.</summary>
    public static TemplateCost CheckLimit { get; } = new(TimeSpan.FromMilliseconds(50), 16 * 1024 * 1024);

    /// <summary>The most that rendering one message may cost.</summary>
    public static TemplateCost RenderLimit { get; } = new(TimeSpan.FromMilliseconds(5), 2 * 1024 * 1024);

    /// <summary>Whether neither limit is passed.</summary>
    public bool IsWithin(TemplateCost limit) => Time <= limit.Time && AllocatedBytes <= limit.AllocatedBytes;

    /// <summary>The lesser of each.</summary>
    public TemplateCost AtBest(TemplateCost other) =>
        new(TimeSpan.FromTicks(Math.Min(Time.Ticks, other.Time.Ticks)), Math.Min(AllocatedBytes, other.AllocatedBytes));

    /// <summary>The greater of each.</summary>
    public TemplateCost AtWorst(TemplateCost other) =>
        new(TimeSpan.FromTicks(Math.Max(Time.Ticks, other.Time.Ticks)), Math.Max(AllocatedBytes, other.AllocatedBytes));
}

namespace Rescue.Sessions.Stores;

/// <summary>
/// Lets what is rare pass at once, and pauses after what is frequent, so that more comes together: a fast store would otherwise be asked about each alone. It is the machine's
/// clock that counts, for this is about work and not about anybody's time. Used by one caller at a time.
/// </summary>
/// <param name="frequent">How many a second are frequent.</param>
/// <param name="pause">The pause.</param>
/// <param name="machine">The machine's clock.</param>
internal sealed class Pace(int frequent, TimeSpan pause, TimeProvider machine)
{
    private readonly double most = frequent;
    private double left = frequent;
    private long counted = machine.GetTimestamp();

    public Pace(int frequent, TimeSpan pause)
        : this(frequent, pause, TimeProvider.System)
    {
    }

    /// <summary>Counts what has been done, and completes when the next may be.</summary>
    public Task KeepAsync(int done)
    {
        var now = machine.GetTimestamp();
        left = Math.Min(most, left + (machine.GetElapsedTime(counted, now).TotalSeconds * most)) - done;
        counted = now;
        if (left > 0)
            return Task.CompletedTask;
        left = 0;
        return Task.Delay(pause, machine);
    }
}

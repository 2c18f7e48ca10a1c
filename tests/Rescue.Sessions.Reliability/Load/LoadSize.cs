namespace Rescue.Sessions.Reliability.Load;

/// <summary>How large a run is. A short one is the same in small.</summary>
/// <param name="Seconds">How long the mixed traffic lasts.</param>
/// <param name="LiveSessions">How many sessions wait for their customer in the store.</param>
/// <param name="Customers">How many customers wait with an open stream.</param>
/// <param name="Technicians">How many technicians listen.</param>
internal sealed record LoadSize(int Seconds, int LiveSessions, int Customers, int Technicians)
{
    private const int FullSeconds = 1_800;

    /// <summary>The published size for half an hour, in proportion for less, but never too small to be a load.</summary>
    public static LoadSize For(int seconds) => new(
        seconds, Share(100_000, seconds, 500), Share(4_900, seconds, 100), Share(100, seconds, 20));

    private static int Share(int full, int seconds, int least) => (int)Math.Clamp((long)full * seconds / FullSeconds, least, full);
}

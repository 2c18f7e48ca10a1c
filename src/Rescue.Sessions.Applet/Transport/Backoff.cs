using System.Security.Cryptography;

namespace Rescue.Sessions.Applet.Transport;

/// <summary>
/// Waits that double up to a limit. Half of each is random, so that the applets a broken server has dropped do not all come back at once.
/// </summary>
internal sealed class Backoff(TimeSpan first, TimeSpan longest)
{
    private TimeSpan? _ceiling;

    /// <summary>The next wait: at least half of the current ceiling, at most all of it.</summary>
    public TimeSpan Next()
    {
        var ceiling = TimeSpan.FromTicks(Math.Min((_ceiling ?? first).Ticks, longest.Ticks));
        _ceiling = ceiling * 2;
        var half = (int)(ceiling.TotalMilliseconds / 2);
        return ceiling - TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(half + 1));
    }

    /// <summary>The next wait, or what the server asks for where that is longer; never more than the limit.</summary>
    public TimeSpan Next(TimeSpan? retryAfter)
    {
        var wait = Next();
        return retryAfter is not { } asked || asked <= wait ? wait : asked < longest ? asked : longest;
    }

    /// <summary>Starts over after a success, from <paramref name="start"/> where the server has named one.</summary>
    public void Reset(TimeSpan? start = null) => _ceiling = start is { Ticks: > 0 } ? start : null;
}

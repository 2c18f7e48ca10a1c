using System.Security.Cryptography;

namespace Rescue.Sessions.EntityFrameworkCore.Databases;

/// <summary>How often, and after what pause, something that failed in passing is done again.</summary>
internal static class Repeat
{
    /// <summary>The first one included.</summary>
    public const int Attempts = 5;

    private const int FirstPauseMilliseconds = 10;

    /// <summary>Waits at random up to twice as long as the last time, so that two that were in each other's way do not meet again. 150 ms at most in all.</summary>
    // The machine's own time: the wait is for a server, which knows nothing of a test's clock.
    public static Task PauseAsync(int attempt, CancellationToken cancellationToken) => Task.Delay(
        TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(1, (FirstPauseMilliseconds << (attempt - 1)) + 1)), TimeProvider.System, cancellationToken);
}

namespace Rescue.Sessions.Stores;

/// <summary>Counts how often an applet that has joined joins again, which writes history each time.</summary>
/// <param name="Since">When the count began.</param>
/// <param name="Count">How often it joined again since then.</param>
public sealed record RejoinWindow(DateTimeOffset Since, int Count)
{
    /// <summary>How often it may: restarts, reboots and lost answers are far fewer.</summary>
    internal const int Most = 20;

    /// <summary>After how long counting begins anew.</summary>
    internal static readonly TimeSpan Length = TimeSpan.FromMinutes(10);

    /// <summary>After how long the applet may join again; null when it may now.</summary>
    internal TimeSpan? RetryAfter(DateTimeOffset now) => Count >= Most && now < Since + Length ? Since + Length - now : null;

    internal static RejoinWindow Next(RejoinWindow? current, DateTimeOffset at) =>
        current is null || at >= current.Since + Length ? new(at, 1) : current with { Count = current.Count + 1 };
}

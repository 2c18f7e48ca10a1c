namespace Rescue.Sessions.Lifecycle;

/// <summary>Which times may be set.</summary>
internal static class TimeoutRules
{
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);

    /// <summary>Every time that is out of its range, as sentences that begin with the property and say the fix.</summary>
    public static IEnumerable<string> Problems(string name, TimeoutOptions timeouts) =>
        ((string?[])
        [
            Problem($"{name}.Connecting", timeouts.Connecting, LongestWait, zeroIsNever: true),
            Problem($"{name}.Waiting", timeouts.Waiting, LongestWait, zeroIsNever: true),
            Problem($"{name}.ActiveIdle", timeouts.ActiveIdle, LongestWait, zeroIsNever: true),
            Problem($"{name}.Hold", timeouts.Hold, TimeSpan.FromDays(14)),
            Problem($"{name}.Transfer", timeouts.Transfer, TimeSpan.FromHours(1)),
            Problem($"{name}.Silence", timeouts.Silence, TimeSpan.FromHours(1)),
            Problem($"{name}.Offline", timeouts.Offline, TimeSpan.FromDays(1)),
        ]).OfType<string>();

    /// <summary>What is wrong with one time of at least a second, or null.</summary>
    public static string? Problem(string property, TimeSpan value, TimeSpan most, bool zeroIsNever = false) =>
        (value >= OneSecond && value <= most) || (zeroIsNever && value == TimeSpan.Zero)
            ? null
            : $"{property} is {value}. Set it to a time from {OneSecond} to {most}{(zeroIsNever ? ", or to 0 for never" : "")}.";
}

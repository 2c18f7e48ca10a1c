using System.Collections.Immutable;

namespace Rescue.Sessions.Lifecycle;

/// <summary>
/// The times an administrator has set for a tenant, in minutes. What is null is as the host configured it; a technician group's own
/// time-outs go before these.
/// </summary>
public sealed record TimeoutSettings
{
    /// <summary>The longest time, in minutes.</summary>
    public const int Most = 999;

    /// <summary>How long a new code is valid, 1 to 999.</summary>
    public int? CodeValidityMinutes { get; init; }

    /// <summary>From the making of a session until its applet must be ready, 1 to 999; 0 = never.</summary>
    public int? ConnectingMinutes { get; init; }

    /// <summary>How long a customer may wait, 1 to 999; 0 = never.</summary>
    public int? WaitingMinutes { get; init; }

    /// <summary>How long an active session may lie idle, 1 to 999; 0 = never.</summary>
    public int? ActiveIdleMinutes { get; init; }

    /// <summary>Every time that is out of its range.</summary>
    public ImmutableArray<FieldProblem> Problems() =>
    [
        .. Problem("codeValidityMinutes", CodeValidityMinutes, least: 1),
        .. Problem("connectingMinutes", ConnectingMinutes, least: 0),
        .. Problem("waitingMinutes", WaitingMinutes, least: 0),
        .. Problem("activeIdleMinutes", ActiveIdleMinutes, least: 0),
    ];

    /// <summary>The configured times with these in place of them.</summary>
    internal SessionTimeouts Over(SessionTimeouts configured) => configured with
    {
        Connecting = Minutes(ConnectingMinutes) ?? configured.Connecting,
        Waiting = Minutes(WaitingMinutes) ?? configured.Waiting,
        ActiveIdle = Minutes(ActiveIdleMinutes) ?? configured.ActiveIdle,
    };

    internal TimeSpan? CodeValidity => Minutes(CodeValidityMinutes);

    private static TimeSpan? Minutes(int? minutes) => minutes is { } count ? TimeSpan.FromMinutes(count) : null;

    private static IEnumerable<FieldProblem> Problem(string field, int? minutes, int least)
    {
        if (minutes < least || minutes > Most)
            yield return new(field, $"The time must be 1 to {Most} minutes{(least == 0 ? ", or 0 for never" : "")}.");
    }
}

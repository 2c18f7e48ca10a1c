namespace Rescue.Sessions.Lifecycle;

/// <summary>
/// The time-outs that hold for one session. They are decided when it is made, so that a change of settings does not reach into sessions that
/// are under way. Zero means never. Immutable; sessions made under the same settings share one.
/// </summary>
public sealed record SessionTimeouts
{
    private static readonly TimeSpan LongestTouchInterval = TimeSpan.FromSeconds(15);

    /// <summary>See <see cref="TimeoutOptions.Connecting"/>.</summary>
    public TimeSpan Connecting { get; init; }

    /// <summary>See <see cref="TimeoutOptions.Waiting"/>.</summary>
    public TimeSpan Waiting { get; init; }

    /// <summary>See <see cref="TimeoutOptions.ActiveIdle"/>.</summary>
    public TimeSpan ActiveIdle { get; init; }

    /// <summary>See <see cref="TimeoutOptions.Hold"/>.</summary>
    public TimeSpan Hold { get; init; }

    /// <summary>See <see cref="TimeoutOptions.Transfer"/>.</summary>
    public TimeSpan Transfer { get; init; }

    /// <summary>See <see cref="TimeoutOptions.Silence"/>.</summary>
    public TimeSpan Silence { get; init; }

    /// <summary>See <see cref="TimeoutOptions.Offline"/>.</summary>
    public TimeSpan Offline { get; init; }

    /// <summary>How often a store notes a sign of life at most: three times within <see cref="Silence"/>, and every 15 seconds where that is long.</summary>
    public TimeSpan TouchInterval => Silence / 3 < LongestTouchInterval ? Silence / 3 : LongestTouchInterval;

    internal static SessionTimeouts From(TimeoutOptions options) => new()
    {
        Connecting = options.Connecting,
        Waiting = options.Waiting,
        ActiveIdle = options.ActiveIdle,
        Hold = options.Hold,
        Transfer = options.Transfer,
        Silence = options.Silence,
        Offline = options.Offline,
    };

    /// <summary>The deadline that comes with entering <paramref name="status"/> at <paramref name="at"/>, or null.</summary>
    public SessionDeadline? Entering(SessionStatus status, DateTimeOffset at) => status switch
    {
        SessionStatus.Waiting => After(at, Waiting, SessionTrigger.WaitingTimeOut),
        SessionStatus.Active => After(at, ActiveIdle, SessionTrigger.IdleTimeOut),
        SessionStatus.OnHold => After(at, Hold, SessionTrigger.HoldTimeOut),
        SessionStatus.Transferring => Earlier(After(at, ActiveIdle, SessionTrigger.IdleTimeOut), Offered(at)),
        SessionStatus.Rebooting or SessionStatus.Reconnecting => After(at, Offline, SessionTrigger.GoOffline),
        _ => null,
    };

    /// <summary>The deadline of an offer alone, made or come back to at <paramref name="at"/>.</summary>
    internal SessionDeadline? Offered(DateTimeOffset at) => After(at, Transfer, SessionTrigger.TransferTimeOut);

    /// <summary>
    /// The same for a request for help that nobody has taken on, whose customer waits since <paramref name="waitingSince"/>: that time runs on while the connection is
    /// lost, and does not begin anew when they are back. What is over already ends at <paramref name="at"/>.
    /// </summary>
    internal SessionDeadline? EnteringUntaken(SessionStatus status, DateTimeOffset at, DateTimeOffset waitingSince)
    {
        var gone = After(waitingSince, Waiting, SessionTrigger.WaitingTimeOut) is { } due ? due with { At = due.At < at ? at : due.At } : (SessionDeadline?)null;
        return status switch
        {
            SessionStatus.Waiting or SessionStatus.Offline => gone,
            SessionStatus.Reconnecting => Earlier(gone, Entering(status, at)),
            _ => Entering(status, at),
        };
    }

    /// <summary>
    /// The deadline of a new session whose code is valid until <paramref name="expiresAt"/>: the code's end or the connecting time-out,
    /// whichever is first.
    /// </summary>
    public SessionDeadline Unjoined(DateTimeOffset createdAt, DateTimeOffset expiresAt) =>
        Joined(createdAt) is { } timeOut && timeOut.At < expiresAt ? timeOut : new(expiresAt, SessionTrigger.Expire);

    /// <summary>The deadline of a session whose code was redeemed and whose applet is not ready yet, or null.</summary>
    public SessionDeadline? Joined(DateTimeOffset createdAt) => After(createdAt, Connecting, SessionTrigger.ConnectingTimeOut);

    private static SessionDeadline? Earlier(SessionDeadline? one, SessionDeadline? other) =>
        one is { } a && !(other?.At < a.At) ? one : other;

    private static SessionDeadline? After(DateTimeOffset at, TimeSpan timeout, SessionTrigger trigger) =>
        timeout > TimeSpan.Zero ? new SessionDeadline(at + timeout, trigger) : null;
}

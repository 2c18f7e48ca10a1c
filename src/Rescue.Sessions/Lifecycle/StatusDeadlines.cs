namespace Rescue.Sessions.Lifecycle;

/// <summary>
/// The deadline that each status brings when it is entered at one moment. A store picks the one of the status it writes, so that
/// a change stays plain data.
/// </summary>
public sealed class StatusDeadlines
{
    private readonly SessionDeadline? waiting;
    private readonly SessionDeadline? active;
    private readonly SessionDeadline? onHold;
    private readonly SessionDeadline? transferring;
    private readonly SessionDeadline? interrupted;
    private readonly TimeSpan connecting;

    private StatusDeadlines(TimeoutOptions timeouts, DateTimeOffset at)
    {
        connecting = timeouts.Connecting;
        waiting = After(timeouts.Waiting, SessionTrigger.WaitingTimeOut);
        active = After(timeouts.ActiveIdle, SessionTrigger.IdleTimeOut);
        onHold = After(timeouts.Hold, SessionTrigger.HoldTimeOut);
        transferring = After(timeouts.Transfer, SessionTrigger.TransferTimeOut);
        interrupted = After(timeouts.Offline, SessionTrigger.GoOffline);

        SessionDeadline? After(TimeSpan timeout, SessionTrigger trigger) =>
            timeout > TimeSpan.Zero ? new SessionDeadline(at + timeout, trigger) : null;
    }

    /// <summary>The deadlines of statuses entered at <paramref name="at"/>.</summary>
    public static StatusDeadlines From(TimeoutOptions timeouts, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(timeouts);
        return new(timeouts, at);
    }

    /// <summary>The deadline that comes with entering <paramref name="status"/>, or null.</summary>
    public SessionDeadline? Entering(SessionStatus status) => status switch
    {
        SessionStatus.Waiting => waiting,
        SessionStatus.Active => active,
        SessionStatus.OnHold => onHold,
        SessionStatus.Transferring => transferring,
        SessionStatus.Rebooting or SessionStatus.Reconnecting => interrupted,
        _ => null,
    };

    /// <summary>The deadline of a new session whose code is valid until <paramref name="expiresAt"/>: the code's end or the connecting time-out, whichever is first.</summary>
    public SessionDeadline Unjoined(DateTimeOffset createdAt, DateTimeOffset expiresAt) =>
        Joined(createdAt) is { } timeOut && timeOut.At < expiresAt ? timeOut : new(expiresAt, SessionTrigger.Expire);

    /// <summary>The deadline of a session whose code was redeemed and whose applet is not ready yet, or null.</summary>
    public SessionDeadline? Joined(DateTimeOffset createdAt) =>
        connecting > TimeSpan.Zero ? new SessionDeadline(createdAt + connecting, SessionTrigger.ConnectingTimeOut) : null;
}

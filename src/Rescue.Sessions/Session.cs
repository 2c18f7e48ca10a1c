using Rescue.Sessions.Devices;
using Rescue.Sessions.Fields;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Transfers;

namespace Rescue.Sessions;

/// <summary>
/// What is known of one support session at one moment. An immutable snapshot: a change to the session makes a new one with a higher
/// <see cref="Version"/>. It holds no secret.
/// </summary>
public sealed record Session
{
    /// <summary>The session's name.</summary>
    public required SessionId Id { get; init; }

    /// <summary>The tenant it belongs to.</summary>
    public required string Tenant { get; init; }

    /// <summary>The customer's name or identifier, which names the session in lists.</summary>
    public required string CustomerName { get; init; }

    /// <summary>The host's own reference, such as a ticket number, or null.</summary>
    public string? Reference { get; init; }

    /// <summary>The customer's language as a BCP 47 tag, or null when it is not known.</summary>
    public string? Language { get; init; }

    /// <summary>The customer's time zone as an IANA id, or null when it is not known.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The customer's platform: set by the technician, then by the applet. Null when it is not known.</summary>
    public DevicePlatform? Platform { get; init; }

    /// <summary>Whether the invitation was made for a mobile device.</summary>
    public bool ForMobileDevice { get; init; }

    /// <summary>Who made the session.</summary>
    public required TechnicianReference CreatedBy { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Until when its PIN and link may be redeemed.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Where it is in its life.</summary>
    public SessionStatus Status { get; init; }

    /// <summary>Since when it has been there; for a closed session the time it ended.</summary>
    public required DateTimeOffset StatusSince { get; init; }

    /// <summary>Why it ended; null until then.</summary>
    public SessionEnd? End { get; init; }

    /// <summary>The status to which the session goes back after a restart or a lost network.</summary>
    public SessionStatus? Interrupted { get; init; }

    /// <summary>The offer to another technician, while the session is being transferred.</summary>
    public TransferOffer? Offer { get; init; }

    /// <summary>The host's own data.</summary>
    public CustomFields? Fields { get; init; }

    /// <summary>When the applet redeemed the code; null before.</summary>
    public DateTimeOffset? JoinedAt { get; init; }

    /// <summary>The name the customer's machine gave itself, or null.</summary>
    public string? HostName { get; init; }

    /// <summary>When the applet last gave a sign of life; kept to a precision of about 15 seconds.</summary>
    public DateTimeOffset? LastSeenAt { get; init; }

    /// <summary>The technician who picked the customer up; null before.</summary>
    public TechnicianReference? Owner { get; init; }

    /// <summary>When <see cref="Owner"/> picked the customer up.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>What happens next if nobody does anything; null when nothing does.</summary>
    public SessionDeadline? Deadline { get; init; }

    /// <summary>The next warning before <see cref="Deadline"/>; null when there is none.</summary>
    public SessionAlarm? Alarm { get; init; }

    /// <summary>The highest alarm that was raised for <see cref="Deadline"/>, 1 to 3; 0 before the first.</summary>
    public int AlarmLevel { get; init; }

    /// <summary>The time-outs that hold for the session.</summary>
    public required SessionTimeouts Timeouts { get; init; }

    /// <summary>The email that carries the link; null for a session by PIN alone.</summary>
    public Invitation? Invitation { get; init; }

    /// <summary>When somebody last tried the code although it was used up or over; null when nobody did.</summary>
    public DateTimeOffset? CodeTriedAt { get; init; }

    /// <summary>Counts the changes, from 1.</summary>
    public long Version { get; init; } = 1;

    /// <summary>Whether the code can be redeemed at <paramref name="now"/>.</summary>
    public bool IsCodeLive(DateTimeOffset now) =>
        Status == SessionStatus.Connecting && JoinedAt is null && ExpiresAt > now && !(Deadline?.At <= now);

    /// <summary>How far the invitation has come, seen together with what became of the session; null without an invitation.</summary>
    public InvitationState? InvitationState => Invitation is null ? null : this switch
    {
        { JoinedAt: not null } => Invitations.InvitationState.Joined,
        { End: SessionEnd.Expired or SessionEnd.ConnectingTimedOut } => Invitations.InvitationState.Expired,
        { End: not null } => Invitations.InvitationState.Revoked,
        _ => Invitation.State,
    };

    /// <summary>Since when the deadline runs.</summary>
    internal DateTimeOffset DeadlineSince =>
        Deadline is { Trigger: SessionTrigger.IdleTimeOut } idle ? idle.At - Timeouts.ActiveIdle : StatusSince;

    /// <summary>The status to which "back" leads: before the interruption or, when an offer is not accepted, before the offer.</summary>
    internal SessionStatus StatusBefore =>
        (Status == SessionStatus.Transferring ? Offer?.OfferedIn : Interrupted) ?? SessionStatus.Waiting;

    /// <summary>The snapshot as it has become by <paramref name="now"/> through time alone, whether or not that is stored yet.</summary>
    internal Session Settle(DateTimeOffset now)
    {
        if (Deadline is not { } due || due.At > now || SessionLifecycle.Find(Status, due.Trigger) is not { } row)
            return this;
        var to = row.To ?? StatusBefore;
        var next = Timeouts.Entering(to, due.At);
        return this with
        {
            Status = to,
            StatusSince = due.At,
            End = row.End,
            Offer = to is SessionStatus.Transferring or SessionStatus.Offline ? Offer : null,
            Deadline = next,
            Alarm = SessionAlarm.Next(next, due.At, 0),
            AlarmLevel = 0,
        };
    }
}

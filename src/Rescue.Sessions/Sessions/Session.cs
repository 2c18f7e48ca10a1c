using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Rescue.Sessions.Devices;
using Rescue.Sessions.Fields;
using Rescue.Sessions.Guests;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Requests;
using Rescue.Sessions.Transfers;

namespace Rescue.Sessions;

/// <summary>
/// What is known of one support session at one moment. An immutable snapshot: a change to the session makes a new one with a higher
/// <see cref="Version"/>. It holds no secret.
/// </summary>
public sealed record Session
{
    // Small where thousands are kept: most of these are missing most of the time.
    private readonly Moment createdAt;
    private readonly Moment expiresAt;
    private readonly Moment statusSince;
    private readonly Moment joinedAt;
    private readonly Moment lastSeenAt;
    private readonly Moment startedAt;
    private readonly Moment codeTriedAt;
    private readonly Moment deadline;
    private readonly Moment alarm;
    private readonly Choice<SessionTrigger> deadlineTrigger;
    private readonly Choice<DevicePlatform> platform;
    private readonly Choice<AppletKind> appletKind;
    private readonly Choice<SessionStatus> status = SessionStatus.Connecting;
    private readonly Choice<SessionEnd> end;
    private readonly Choice<SessionStatus> interrupted;
    private readonly byte alarmNext;
    private readonly byte alarmLevel;
    private readonly int version = 1;

    // What most sessions have nothing of, so that each snapshot copies one reference.
    private readonly SessionExtras? extras;

    /// <summary>The session's name.</summary>
    public required SessionId Id { get; init; }

    /// <summary>The tenant it belongs to.</summary>
    public required string Tenant { get; init; }

    /// <summary>The customer's name or identifier, which names the session in lists.</summary>
    public required string CustomerName { get; init; }

    /// <summary>The host's own reference, such as a ticket number, or null.</summary>
    public string? Reference
    {
        get => extras?.Reference;
        init => extras = ReferenceEquals(value, Reference) ? extras : SessionExtras.OrNull((extras ?? SessionExtras.None) with { Reference = value });
    }

    /// <summary>The customer's language as a BCP 47 tag, or null when it is not known.</summary>
    public string? Language
    {
        get => extras?.Language;
        init => extras = ReferenceEquals(value, Language) ? extras : SessionExtras.OrNull((extras ?? SessionExtras.None) with { Language = value });
    }

    /// <summary>The customer's time zone as an IANA id, or null when it is not known.</summary>
    public string? TimeZone
    {
        get => extras?.TimeZone;
        init => extras = ReferenceEquals(value, TimeZone) ? extras : SessionExtras.OrNull((extras ?? SessionExtras.None) with { TimeZone = value });
    }

    /// <summary>The customer's platform: set by the technician, then by the applet. Null when it is not known.</summary>
    public DevicePlatform? Platform
    {
        get => platform.OrNull;
        init => platform = value;
    }

    /// <summary>Whether the invitation was made for a mobile device.</summary>
    public bool ForMobileDevice { get; init; }

    /// <summary>Who made the session; null where its customer asked for help themselves (<see cref="Request"/>).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required TechnicianReference? CreatedBy { get; init; }

    /// <summary>What the customer said who asked for help themselves; null where a technician has made the session.</summary>
    public CustomerRequest? Request
    {
        get => extras?.Request;
        init => extras = ReferenceEquals(value, Request) ? extras : SessionExtras.OrNull((extras ?? SessionExtras.None) with { Request = value });
    }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt
    {
        get => createdAt.At;
        init => createdAt = value;
    }

    /// <summary>Until when its PIN and link may be redeemed.</summary>
    public required DateTimeOffset ExpiresAt
    {
        get => expiresAt.At;
        init => expiresAt = value;
    }

    /// <summary>Where it is in its life.</summary>
    public SessionStatus Status
    {
        get => status.Value;
        init => status = value;
    }

    /// <summary>Since when it has been there; for a closed session the time it ended.</summary>
    public required DateTimeOffset StatusSince
    {
        get => statusSince.At;
        init => statusSince = value;
    }

    /// <summary>Why it ended; null until then.</summary>
    public SessionEnd? End
    {
        get => end.OrNull;
        init => end = value;
    }

    /// <summary>The status to which the session goes back after a restart or a lost network.</summary>
    public SessionStatus? Interrupted
    {
        get => interrupted.OrNull;
        init => interrupted = value;
    }

    /// <summary>The offer to another technician, while the session is being transferred.</summary>
    public TransferOffer? Offer
    {
        get => extras?.Offer;
        init => extras = ReferenceEquals(value, Offer) ? extras : SessionExtras.OrNull((extras ?? SessionExtras.None) with { Offer = value });
    }

    /// <summary>The host's own data.</summary>
    public CustomFields? Fields
    {
        get => extras?.Fields;
        init => extras = ReferenceEquals(value, Fields) ? extras : SessionExtras.OrNull((extras ?? SessionExtras.None) with { Fields = value });
    }

    /// <summary>The values of the host's own names for templates that its invitation was given; null for none. Personal data.</summary>
    public IReadOnlyDictionary<string, string>? InvitationValues
    {
        get => extras?.InvitationValues;
        init => extras = ReferenceEquals(value, InvitationValues) ? extras : SessionExtras.OrNull((extras ?? SessionExtras.None) with { InvitationValues = value });
    }

    /// <summary>When the applet redeemed the code; null before.</summary>
    public DateTimeOffset? JoinedAt
    {
        get => joinedAt.AtOrNull;
        init => joinedAt = value;
    }

    /// <summary>The name the customer's machine gave itself, or null.</summary>
    public string? HostName { get; init; }

    /// <summary>Whether the customer has a program or a page in their browser; null before either was ready.</summary>
    public AppletKind? AppletKind
    {
        get => appletKind.OrNull;
        init => appletKind = value;
    }

    /// <summary>When the applet last gave a sign of life; kept to a precision of about 15 seconds.</summary>
    public DateTimeOffset? LastSeenAt
    {
        get => lastSeenAt.AtOrNull;
        init => lastSeenAt = value;
    }

    /// <summary>The technician who picked the customer up; null before.</summary>
    public TechnicianReference? Owner { get; init; }

    /// <summary>When <see cref="Owner"/> picked the customer up.</summary>
    public DateTimeOffset? StartedAt
    {
        get => startedAt.AtOrNull;
        init => startedAt = value;
    }

    /// <summary>What happens next if nobody does anything; null when nothing does.</summary>
    public SessionDeadline? Deadline
    {
        get => deadline.AtOrNull is { } at ? new(at, deadlineTrigger.Value) : null;
        init => (deadline, deadlineTrigger) = (value?.At, value?.Trigger);
    }

    /// <summary>The next warning before <see cref="Deadline"/>; null when there is none.</summary>
    public SessionAlarm? Alarm
    {
        get => alarm.AtOrNull is { } at ? new(at, alarmNext) : null;
        init => (alarm, alarmNext) = (value?.At, (byte)(value?.Level ?? 0));
    }

    /// <summary>The highest alarm that was raised for <see cref="Deadline"/>, 1 to 3; 0 before the first.</summary>
    public int AlarmLevel
    {
        get => alarmLevel;
        init => alarmLevel = (byte)value;
    }

    /// <summary>The time-outs that hold for the session.</summary>
    public required SessionTimeouts Timeouts { get; init; }

    /// <summary>The email that carries the link; null for a session by PIN alone.</summary>
    public Invitation? Invitation { get; init; }

    /// <summary>When a customer who asked for help themselves first waited for somebody to take them up, or when a technician last restarted their machine or offered the session; null before, and where a technician has made the session.</summary>
    public DateTimeOffset? WaitingSince
    {
        get => extras?.WaitingSince;
        init => extras = value == WaitingSince ? extras : SessionExtras.OrNull((extras ?? SessionExtras.None) with { WaitingSince = value });
    }

    /// <summary>Who was invited beside the customer, in that order, those whose visit is over among them; null for nobody.</summary>
    public IReadOnlyList<Guest>? Guests
    {
        get => extras?.Guests;
        init => extras = ReferenceEquals(value, Guests) ? extras : SessionExtras.OrNull((extras ?? SessionExtras.None) with { Guests = value });
    }

    /// <summary>When somebody last tried the code although it was used up or over; null when nobody did.</summary>
    public DateTimeOffset? CodeTriedAt
    {
        get => codeTriedAt.AtOrNull;
        init => codeTriedAt = value;
    }

    /// <summary>Counts the changes, from 1.</summary>
    public long Version
    {
        get => version;
        init => version = checked((int)value);
    }

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

    /// <summary>Whether it is meant for a phone or tablet, or is on one.</summary>
    internal bool IsMobile => ForMobileDevice || Platform?.IsMobile() == true;

    /// <summary>Where the customer can be reached: where the invitation goes, else the email address that they gave themselves; null where neither is known.</summary>
    public string? CustomerAddress => Invitation?.To ?? Request?.Email;

    /// <summary>Whether it belongs to a technician: they own it or, before anybody does, have made it.</summary>
    internal bool BelongsTo(string technician) => (Owner ?? CreatedBy)?.Id == technician;

    /// <summary>Whether it is everybody's: its customer asked for help, and nobody has taken it up yet.</summary>
    internal bool IsEverybodys => Owner is null && CreatedBy is null;

    /// <summary>Whether it is a technician's own to act on.</summary>
    internal bool IsOpenTo(string technician) => BelongsTo(technician) || IsEverybodys;

    /// <summary>Whether a technician has a part in it: it is theirs to act on, or is offered to them.</summary>
    internal bool Concerns(string technician) => IsOpenTo(technician) || Offer?.To == technician;

    /// <summary>Whether a guest's time has passed while the session goes on, and nobody has recorded it.</summary>
    public bool HasOverdueGuest(DateTimeOffset now) =>
        Status is not (SessionStatus.Closed or SessionStatus.Unreadable) && Guests?.Any(guest => guest.EndedAt is null && guest.ExpiresAt <= now) == true;

    /// <summary>Since when the deadline runs.</summary>
    internal DateTimeOffset DeadlineSince =>
        Deadline is { Trigger: SessionTrigger.IdleTimeOut } idle ? idle.At - Timeouts.ActiveIdle : StatusSince;

    /// <summary>The status to which "back" leads: before the interruption or, when an offer is not accepted, before the offer.</summary>
    internal SessionStatus StatusBefore =>
        (Status == SessionStatus.Transferring ? Offer?.OfferedIn : Interrupted) ?? SessionStatus.Waiting;

    /// <summary>The reason with which a transition closes this session: whom nobody has picked up has only waited, wherever they leave from.</summary>
    internal SessionEnd? EndBy(SessionTransition row) => row.End == SessionEnd.ByCustomer && Owner is null ? SessionEnd.ByWaitingCustomer : row.End;

    /// <summary>The deadline that comes with entering <paramref name="status"/> at <paramref name="at"/>, or null.</summary>
    internal SessionDeadline? DeadlineIn(SessionStatus status, DateTimeOffset at)
    {
        // Whom nobody has picked up was never active, and so is not idle while they are offered.
        if (Owner is null && status == SessionStatus.Transferring)
            return Timeouts.Offered(at);
        return IsEverybodys
            ? Timeouts.EnteringUntaken(status, at, WaitingSince ?? (Status == SessionStatus.Waiting ? StatusSince : at))
            : Timeouts.Entering(status, at);
    }

    /// <summary>The guests when the session ends: nobody's visit goes on.</summary>
    internal IReadOnlyList<Guest>? GuestsEnded(DateTimeOffset at) => Guests is null
        ? null
        : (ImmutableArray<Guest>)[.. Guests.Select(guest => guest.Settle(at) is { EndedAt: null } open ? open.End(GuestState.Ended, at) : guest.Settle(at))];

    /// <summary>The snapshot as it has become by <paramref name="now"/> through time alone, whether or not that is stored yet.</summary>
    internal Session Settle(DateTimeOffset now)
    {
        var session = this;
        // An offer ends, and by then the customer has waited for too long. No deadline leads back to where another began, so that this ends.
        while (session.Deadline is { } due && due.At <= now && SessionLifecycle.Find(session.Status, due.Trigger) is { } row)
            session = session.After(due, row);
        return session;
    }

    private Session After(SessionDeadline due, SessionTransition row)
    {
        var to = row.To ?? StatusBefore;
        var next = DeadlineIn(to, due.At);
        return this with
        {
            Status = to,
            StatusSince = due.At,
            End = EndBy(row),
            Interrupted = to == SessionStatus.Offline ? Interrupted : null,
            Offer = to is SessionStatus.Transferring or SessionStatus.Offline ? Offer : null,
            Guests = to == SessionStatus.Closed ? GuestsEnded(due.At) : Guests,
            Deadline = next,
            Alarm = SessionAlarm.Next(next, due.At, 0),
            AlarmLevel = 0,
        };
    }

    /// <summary>No name and no address, for it may come into a log.</summary>
    public override string ToString() => $"Session {Id} ({Status})";
}

using System.Collections.Immutable;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Devices;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Transfers;

namespace Rescue.Sessions.Stores;

/// <summary>
/// One change to one session as plain data: new values, the history entry and the messages to send. All of it is stored together or nothing is.
/// </summary>
public sealed record SessionChange
{
    /// <summary>The kind of the history entry.</summary>
    public required SessionEventKind Kind { get; init; }

    /// <summary>The trigger, whose rows say from which statuses the change is permitted and where it leads; null leaves the status alone.</summary>
    public SessionTrigger? Trigger { get; init; }

    /// <summary>When it happens.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who or what causes it.</summary>
    public required SessionActor Actor { get; init; }

    /// <summary>The technician who causes it, or null.</summary>
    public TechnicianReference? By { get; init; }

    /// <summary>The history entry's detail, or null.</summary>
    public string? Detail { get; init; }

    /// <summary>Makes this technician the owner, from <see cref="At"/> on.</summary>
    public TechnicianReference? Owner { get; init; }

    /// <summary>Offers the session to the technician with this id, in the name of <see cref="By"/>.</summary>
    public string? OfferTo { get; init; }

    /// <summary>The secret that both ends share while the session is active, sealed; replaces an earlier one.</summary>
    public byte[]? SealedHandOver { get; init; }

    /// <summary>Records the applet that redeems the code and gives it a new key; the code's sealed copy is erased.</summary>
    public AppletJoin? Join { get; init; }

    /// <summary>Sets the name of the customer's machine.</summary>
    public string? HostName { get; init; }

    /// <summary>Sets the customer's platform.</summary>
    public DevicePlatform? Platform { get; init; }

    /// <summary>Sets whether the customer has a program or a page in their browser.</summary>
    public AppletKind? AppletKind { get; init; }

    /// <summary>Replaces the invitation.</summary>
    public Invitation? Invitation { get; init; }

    /// <summary>Takes the session's messages that are not finished with out of the outbox, before <see cref="Messages"/> are put into it.</summary>
    public bool CancelsMessages { get; init; }

    /// <summary>
    /// Records what an attempt to send the invitation has come to. A session without an invitation, or of which it is no longer true, is not changed
    /// (<see cref="IsPermittedIn(Session)"/>).
    /// </summary>
    public InvitationAttempt? Attempt { get; init; }

    /// <summary>Invites a guest, lets one join, or ends one's visit; null leaves the guests alone.</summary>
    public GuestChange? Guest { get; init; }

    /// <summary>Messages to put into the outbox.</summary>
    public ImmutableArray<OutboxMessage> Messages { get; init; } = [];

    /// <summary>Whether the change applies to a session as it is; a guard may refuse it all the same.</summary>
    public bool IsPermittedIn(Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return IsPermittedIn(session.Status, out _) && (Attempt is null || (session.Invitation is { } invitation && Attempt.AppliesTo(invitation, session.JoinedAt is not null)));
    }

    /// <summary>Whether the change applies in <paramref name="status"/>; the row, when there is one.</summary>
    public bool IsPermittedIn(SessionStatus status, out SessionTransition? row)
    {
        row = Trigger is { } trigger ? SessionLifecycle.Find(status, trigger) : null;
        return Trigger is null ? status != SessionStatus.Unreadable : row is not null;
    }

    /// <summary>The session after the change, and the history entry. The meaning that every store must give it.</summary>
    /// <exception cref="InvalidOperationException">The change is not permitted in the session's status; ask <see cref="IsPermittedIn(SessionStatus, out SessionTransition?)"/> first.</exception>
    public (StoredSession Session, SessionEvent Event) Apply(StoredSession current)
    {
        ArgumentNullException.ThrowIfNull(current);
        var session = current.Session;
        if (!IsPermittedIn(session.Status, out var row))
            throw new InvalidOperationException($"{Trigger} is not permitted in status {session.Status}.");

        var to = row is null ? session.Status : row.To ?? session.StatusBefore;
        var moves = to != session.Status;
        var happened = new SessionEvent
        {
            Session = session.Id, Tenant = session.Tenant, At = At, Kind = Kind, Trigger = Trigger, Actor = Actor, By = By,
            From = session.Status, To = to, Detail = Detail, Version = session.Version + 1,
        };
        var deadline = moves || Renews(session) ? session.DeadlineIn(to, At) : StillDue(session);
        var next = session with
        {
            Status = to,
            StatusSince = moves ? At : session.StatusSince,
            End = row is null ? session.End : session.EndBy(row),
            Interrupted = Interrupts(to) ? (Interrupts(session.Status) ? session.Interrupted : session.Status) : null,
            Offer = to == SessionStatus.Transferring || Interrupts(to) ? OfferIn(session) : null,
            JoinedAt = session.JoinedAt ?? (Join is null ? null : At),
            HostName = HostName ?? session.HostName,
            Platform = Platform ?? session.Platform,
            AppletKind = AppletKind ?? session.AppletKind,
            LastSeenAt = IsSignOfLife ? At : session.LastSeenAt,
            Owner = Owner ?? session.Owner,
            StartedAt = Owner is null ? session.StartedAt : At,
            WaitingSince = WaitingAfter(session, to),
            Deadline = deadline,
            Alarm = AlarmAfter(session, deadline, moves),
            AlarmLevel = deadline != session.Deadline ? 0 : Kind == SessionEventKind.Alarm ? session.Alarm?.Level ?? 0 : session.AlarmLevel,
            Invitation = Invitation ?? InvitationAfter(session.Invitation),
            CodeTriedAt = Kind == SessionEventKind.CodeTried ? At : session.CodeTriedAt,
            Version = session.Version + 1,
        };
        var proofs = current.GuestProofs;
        if (Guest is not null)
        {
            (var guests, proofs) = Guest.Apply(current, At);
            next = next with { Guests = guests };
        }

        if (LoserOf(session, next) is { } loser)
            happened = happened with { LostBy = loser };
        var ended = to == SessionStatus.Closed;
        if (ended && next.Guests is not null)
            next = next with { Guests = next.GuestsEnded(At) };
        var stored = current with
        {
            Session = next,
            SealedCode = ended || Join is not null ? null : current.SealedCode,
            Proof = Join is null ? current.Proof : ProofAfter(current, Join),
            GuestProofs = proofs,
            SealedHandOver = ended ? null : SealedHandOver ?? current.SealedHandOver,
        };
        return (stored, happened);
    }

    private AppletProof ProofAfter(StoredSession current, AppletJoin join) =>
        new(join.Instance, join.Key, current.Instance is null ? current.Rejoins : RejoinWindow.Next(current.Rejoins, At));

    // Whom a technician is busy with is not waiting in vain: their time begins anew.
    private DateTimeOffset? WaitingAfter(Session session, SessionStatus to) =>
        session.IsEverybodys && (Trigger is SessionTrigger.Reboot or SessionTrigger.Transfer || (session.WaitingSince is null && to == SessionStatus.Waiting))
            ? At
            : session.WaitingSince;

    // One at most: an offer changes hands and goes, or it goes and nothing else does.
    private static string? LoserOf(Session before, Session after)
    {
        if (before.Offer == after.Offer && before.Owner == after.Owner)
            return null;
        if (before.IsEverybodys)
            return after.IsEverybodys ? null : SessionEvent.Everybody;
        var holder = (before.Owner ?? before.CreatedBy)!.Id;
        if (!after.Concerns(holder))
            return holder;
        return before.Offer?.To is { } offered && !after.Concerns(offered) ? offered : null;
    }

    private Invitation? InvitationAfter(Invitation? invitation) => Attempt is null || invitation is null
        ? invitation
        : invitation with { State = Attempt.State, At = At, Reason = Attempt.Reason, Attempts = Attempt.Attempts, IsHeld = Attempt.IsHeld };

    // Of what the customer's side causes, a tried code comes from somebody else's hands.
    private bool IsSignOfLife =>
        Kind == SessionEventKind.Transition
        && (Actor == SessionActor.Customer || Trigger is SessionTrigger.AutoStart or SessionTrigger.Return);

    private bool Renews(Session session) => Kind == SessionEventKind.Activity && session.Status == SessionStatus.Active;

    private TransferOffer? OfferIn(Session session) =>
        OfferTo is null || By is null ? session.Offer : new(By, OfferTo, At, session.Status);

    private static bool Interrupts(SessionStatus status) =>
        status is SessionStatus.Rebooting or SessionStatus.Reconnecting or SessionStatus.Offline;

    // Redeeming the code ends its validity as a limit; the connecting time-out runs on.
    private SessionDeadline? StillDue(Session session) =>
        Join is not null && session.Status == SessionStatus.Connecting ? session.Timeouts.Joined(session.CreatedAt) : session.Deadline;

    private SessionAlarm? AlarmAfter(Session session, SessionDeadline? deadline, bool moves)
    {
        if (deadline != session.Deadline)
            return SessionAlarm.Next(deadline, moves || Renews(session) ? At : session.StatusSince, 0);
        return Kind == SessionEventKind.Alarm ? SessionAlarm.Next(deadline, session.DeadlineSince, session.Alarm?.Level ?? 0) : session.Alarm;
    }

    /// <summary>No name and no address, for it may come into a log.</summary>
    public override string ToString() => Trigger is { } trigger ? $"{nameof(SessionChange)} ({Kind}, {trigger})" : $"{nameof(SessionChange)} ({Kind})";
}

using System.Collections.Immutable;
using Rescue.Sessions.Codes;

namespace Rescue.Sessions.Stores;

/// <summary>
/// The conditions under which a change applies, as plain data that a store turns into the <c>WHERE</c> of one write. All must hold.
/// The permitted statuses are not here: they are the rows of the change.
/// </summary>
public sealed record SessionGuard
{
    /// <summary>The moment of the change.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>
    /// False, the usual: the session's deadline must not have come by <see cref="Now"/>. True: it must have come, and its trigger must be the change's.
    /// </summary>
    public bool Overdue { get; init; }

    /// <summary>The tenant the session must belong to; null for any.</summary>
    public string? Tenant { get; init; }

    /// <summary>
    /// Hashes of the joining instance: either nobody has joined, or one of these has, and not too often of late. Empty for no condition.
    /// </summary>
    public ImmutableArray<KeyedHash> Instance { get; init; } = [];

    /// <summary>Hashes of the applet key shown: one must be the present one. Empty for no condition.</summary>
    public ImmutableArray<KeyedHash> AppletKey { get; init; } = [];

    /// <summary>The id of the technician who must own the session; null for no condition. A session without an owner is anyone's.</summary>
    public string? Owner { get; init; }

    /// <summary>The id of the technician who must have offered the session; null for no condition.</summary>
    public string? OfferedBy { get; init; }

    /// <summary>The id of the technician to whom the session must be offered; null for no condition.</summary>
    public string? OfferedTo { get; init; }

    /// <summary>The id of the technician to whom the session must belong: its owner or, before it has one, its maker; null for no condition.</summary>
    public string? BelongsTo { get; init; }

    /// <summary>The id of the technician to whom the session must belong, unless it has neither owner nor maker and so is everybody's; null for no condition.</summary>
    public string? OpenTo { get; init; }

    /// <summary>Whether the session must be neither for a phone or tablet nor on one.</summary>
    public bool NotMobile { get; init; }

    /// <summary>The level that the session's next alarm must have; null for no condition.</summary>
    public int? AlarmLevel { get; init; }

    /// <summary>Whether the applet must have been silent for the session's silence time-out.</summary>
    public bool Silent { get; init; }

    /// <summary>
    /// How many sessions the change's owner may hold at most, this one included; null for no limit. Held are those that have the owner and are
    /// neither on hold nor closed.
    /// </summary>
    public int? Capacity { get; init; }

    /// <summary>Whether the session's code must be live.</summary>
    public bool CodeLive { get; init; }

    /// <summary>The latest moment at which the code may have been tried in vain before; null for no condition.</summary>
    public DateTimeOffset? NotTriedSince { get; init; }

    /// <summary>Whether the conditions hold for <paramref name="current"/>. The meaning that every store must give them, but for <see cref="Capacity"/>, which spans sessions.</summary>
    public bool Allows(StoredSession current, SessionChange change)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(change);
        var session = current.Session;
        var due = session.Deadline is { } deadline && deadline.At <= Now;
        return due == Overdue
            && change.Guest?.IsPermittedIn(current, Now) != false
            && (!Overdue || session.Deadline!.Value.Trigger == change.Trigger)
            && (change.Attempt is null || change.IsPermittedIn(session))
            && (Tenant is null || session.Tenant == Tenant)
            && (Owner is null || session.Owner is null || session.Owner.Id == Owner)
            && (OfferedBy is null || session.Offer?.From.Id == OfferedBy)
            && (OfferedTo is null || session.Offer?.To == OfferedTo)
            && (BelongsTo is null || session.BelongsTo(BelongsTo))
            && (OpenTo is null || session.IsOpenTo(OpenTo))
            && !(NotMobile && session.IsMobile)
            && (AlarmLevel is null || session.Alarm?.Level == AlarmLevel)
            && (!Silent || session.LastSeenAt + session.Timeouts.Silence <= Now)
            && (!CodeLive || session.IsCodeLive(Now))
            && (NotTriedSince is null || !(session.CodeTriedAt > NotTriedSince))
            && (Instance.IsEmpty || current.Instance is not { } joined || (Instance.Contains(joined) && current.Rejoins?.RetryAfter(Now) is null))
            && (AppletKey.IsEmpty || (current.AppletKey is { } key && AppletKey.Contains(key)));
    }
}

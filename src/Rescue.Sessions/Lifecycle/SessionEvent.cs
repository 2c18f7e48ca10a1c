namespace Rescue.Sessions.Lifecycle;

/// <summary>One entry of a session's history, which is also one event of the streams. Immutable; holds no secret.</summary>
public sealed record SessionEvent
{
    /// <summary>The <see cref="LostBy"/> of a customer who had asked for help themselves and was taken up.</summary>
    public const string Everybody = "";

    private readonly Moment at;
    private readonly Choice<SessionTrigger> trigger;
    private readonly Choice<SessionStatus> to;
    private readonly Choice<SessionStatus> from;
    private readonly Choice<SessionActor> actor;
    private readonly Choice<SessionEventKind> kind;
    private readonly int version;

    /// <summary>The place in the order of all events of a store, from 1; a stream resumes after it.</summary>
    public long Sequence { get; init; }

    /// <summary>The session it happened to.</summary>
    public required SessionId Session { get; init; }

    /// <summary>The session's tenant.</summary>
    public required string Tenant { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At
    {
        get => at.At;
        init => at = value;
    }

    /// <summary>What sort of thing happened.</summary>
    public required SessionEventKind Kind
    {
        get => kind.Value;
        init => kind = value;
    }

    /// <summary>The trigger, when <see cref="Kind"/> is <see cref="SessionEventKind.Transition"/>.</summary>
    public SessionTrigger? Trigger
    {
        get => trigger.OrNull;
        init => trigger = value;
    }

    /// <summary>Who or what caused it.</summary>
    public required SessionActor Actor
    {
        get => actor.Value;
        init => actor = value;
    }

    /// <summary>The technician who caused it, if one did.</summary>
    public TechnicianReference? By { get; init; }

    /// <summary>The status before.</summary>
    public required SessionStatus From
    {
        get => from.Value;
        init => from = value;
    }

    /// <summary>The status after.</summary>
    public required SessionStatus To
    {
        get => to.Value;
        init => to = value;
    }

    /// <summary>
    /// The id of the technician who has no part in the session any more since this: it belongs to somebody else now, or is not offered to them any longer.
    /// <see cref="Everybody"/> where it was everybody's before. Null mostly.
    /// </summary>
    public string? LostBy { get; init; }

    /// <summary>
    /// The session's <see cref="Sessions.Session.Version"/> since this: a picture of the session with the same or a higher one contains the event. Null where a version of the library wrote it
    /// that did not tell.
    /// </summary>
    public long? Version
    {
        get => version == 0 ? null : version;
        init => version = checked((int)(value ?? 0));
    }

    /// <summary>A short fact for people and programs, such as an invitation's new state; null when there is nothing to add.</summary>
    public string? Detail { get; init; }

    /// <summary>Whether its time is when a deadline came, which may be long before anybody could record that.</summary>
    // An applet that does not come back in time is the network's doing, and is recorded as late as any other.
    internal bool IsOfADeadline => Kind == SessionEventKind.Transition && (Actor == SessionActor.Timer || Trigger == SessionTrigger.GoOffline);

    /// <summary>No name and no address, for it may come into a log.</summary>
    public override string ToString() => $"{nameof(SessionEvent)} {Sequence} of {Session} ({Kind})";
}

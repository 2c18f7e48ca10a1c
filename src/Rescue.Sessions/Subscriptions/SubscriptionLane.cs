using Rescue.Sessions.Feed;

namespace Rescue.Sessions.Subscriptions;

/// <summary>What waits of one session, in its order: events held, or new ones while none is held. Its owner's lock guards it.</summary>
internal sealed class SubscriptionLane(SessionId session)
{
    public SessionId Session { get; } = session;

    public Queue<SessionUpdate> New { get; } = [];

    public SortedDictionary<long, HeldEvent> Held { get; } = [];

    /// <summary>Whether somebody is at it.</summary>
    public bool IsRunning { get; set; }

    public bool IsEmpty => New.Count == 0 && Held.Count == 0;

    /// <summary>When its first held event is due; null without one.</summary>
    public DateTimeOffset? DueAt => Held.Count == 0 ? null : Held.Values.First().RetryAt;
}

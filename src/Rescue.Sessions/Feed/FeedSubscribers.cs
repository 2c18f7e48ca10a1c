using System.Runtime.InteropServices;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Feed;

/// <summary>Who listens to what. The feed's lock guards it.</summary>
internal sealed class FeedSubscribers
{
    private readonly Dictionary<FeedTopic, HashSet<FeedSubscription>> byTopic = [];
    private readonly List<FeedSubscription> slow = [];

    public int Count { get; private set; }

    public void Add(FeedSubscription subscription)
    {
        ref var listening = ref CollectionsMarshal.GetValueRefOrAddDefault(byTopic, subscription.Topic, out _);
        if ((listening ??= new(1)).Add(subscription))
            Count++;
    }

    public void Remove(FeedSubscription subscription)
    {
        if (!byTopic.TryGetValue(subscription.Topic, out var listening) || !listening.Remove(subscription))
            return;
        Count--;
        if (listening.Count == 0)
            byTopic.Remove(subscription.Topic);
    }

    /// <summary>Says where all of them begin.</summary>
    public void Begin(long position)
    {
        foreach (var subscription in All())
            subscription.Position = position;
    }

    /// <summary>Hands an event to those whom it concerns; nobody else is touched, and without them nothing is made of it.</summary>
    public void Offer(SessionFeedEntry entry, DateTimeOffset now)
    {
        var everything = byTopic.GetValueOrDefault(FeedTopic.All);
        var tenants = byTopic.GetValueOrDefault(FeedTopic.Of(entry.Event.Tenant));
        var sessions = byTopic.GetValueOrDefault(FeedTopic.Of(entry.Event.Session));
        if (everything is null && tenants is null && sessions is null)
            return;
        var update = new SessionUpdate(entry, now);
        Offer(update, everything);
        Offer(update, tenants);
        Offer(update, sessions);
        foreach (var subscription in slow)
            Remove(subscription);
        slow.Clear();
    }

    public void End()
    {
        foreach (var subscription in All())
            subscription.End();
    }

    private void Offer(SessionUpdate update, HashSet<FeedSubscription>? listening)
    {
        if (listening is null)
            return;
        foreach (var subscription in listening)
        {
            if (!subscription.Offer(update))
                slow.Add(subscription);
        }
    }

    private IEnumerable<FeedSubscription> All() => byTopic.Values.SelectMany(listening => listening);
}

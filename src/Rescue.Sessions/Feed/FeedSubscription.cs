using System.Threading.Channels;

namespace Rescue.Sessions.Feed;

/// <summary>
/// What the feed has for one listener who has not come to it yet. It is bounded: whoever leaves too much lying is let go, and finds in the store what
/// is no longer here. The feed's lock guards what it changes.
/// </summary>
internal sealed class FeedSubscription(FeedTopic topic)
{
    /// <summary>How many updates wait for one listener.</summary>
    public const int Capacity = 256;

    private readonly Channel<SessionUpdate> updates = Channel.CreateBounded<SessionUpdate>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private volatile bool letGo;

    public FeedTopic Topic { get; } = topic;

    /// <summary>The feed hands over what comes after this sequence; what came before is in the store.</summary>
    public long Position { get; set; }

    public bool IsLetGo => letGo;

    public ChannelReader<SessionUpdate> Updates => updates.Reader;

    /// <returns>False when there was no room: the listener is let go.</returns>
    public bool Offer(SessionUpdate update)
    {
        if (updates.Writer.TryWrite(update))
            return true;
        letGo = true;
        End();
        return false;
    }

    public void End() => updates.Writer.TryComplete();
}

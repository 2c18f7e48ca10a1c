using System.Threading.Channels;
using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.Feed;

/// <summary>Tells one waiter that something it waits for has happened to some session since it last looked. It may tell so without reason.</summary>
internal sealed class FeedSignal(SessionFeed feed, Func<SessionEvent, bool> concerns) : IDisposable
{
    private readonly Channel<bool> flag = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Offer(SessionEvent happened)
    {
        if (concerns(happened))
            Set();
    }

    public void Set() => flag.Writer.TryWrite(true);

    public async Task WaitAsync(CancellationToken cancellationToken) => await flag.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);

    public void Dispose() => feed.Leave(this);
}

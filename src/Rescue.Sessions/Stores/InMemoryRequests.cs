using Rescue.Sessions.Codes;

namespace Rescue.Sessions.Stores;

/// <summary>The requests that have made sessions of late. Its owner's lock guards it.</summary>
internal sealed class InMemoryRequests
{
    private readonly Dictionary<KeyedHash, (RecentRequest Request, InMemorySession Made)> recent = [];
    private readonly PriorityQueue<RecentRequest, long> ending = new();

    public InMemorySession? Find(KeyedHash hash, DateTimeOffset now) =>
        recent.TryGetValue(hash, out var found) && found.Request.Repeats(found.Made.Stored.Session, now) ? found.Made : null;

    public void Add(RecentRequest request, InMemorySession made, DateTimeOffset now)
    {
        while (ending.TryPeek(out var former, out var until) && until <= now.UtcTicks)
        {
            ending.Dequeue();
            // A later one may stand in its place.
            if (recent.TryGetValue(former.Hash, out var found) && found.Request == former)
                recent.Remove(former.Hash);
        }

        recent[request.Hash] = (request, made);
        ending.Enqueue(request, request.Until.UtcTicks);
    }
}

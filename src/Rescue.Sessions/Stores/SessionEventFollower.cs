using System.Runtime.CompilerServices;
using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.Stores;

/// <summary>Reads a store's events on and on: what is there, then what comes.</summary>
internal static class SessionEventFollower
{
    public static async IAsyncEnumerable<SessionEvent> FollowAsync(
        this ISessionStore store, SessionEventQuery query, long? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cursor = after ?? await store.ReadLatestSequenceAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var page = await store.ReadEventsAsync(query with { After = cursor }, cancellationToken).ConfigureAwait(false);
            foreach (var happened in page.Events)
                yield return happened;
            cursor = page.Cursor;
            if (page.Events.IsEmpty)
                await store.WaitForEventsAsync(cursor, cancellationToken).ConfigureAwait(false);
        }
    }
}

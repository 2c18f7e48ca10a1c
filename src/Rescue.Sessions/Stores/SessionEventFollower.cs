using System.Runtime.CompilerServices;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Stores;

/// <summary>Reads a store's events on and on: what is there, then what comes. While the store has failed it waits, and misses nothing.</summary>
internal sealed class SessionEventFollower(ISessionStore store, TimeProvider time, SessionTelemetry telemetry)
{
    private static readonly TimeSpan OutagePause = TimeSpan.FromSeconds(1);

    public async IAsyncEnumerable<SessionEvent> FollowAsync(
        SessionEventQuery query, long? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cursor = after ?? await PatientlyAsync(() => store.ReadLatestSequenceAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var page = await PatientlyAsync(() => store.ReadEventsAsync(query with { After = cursor }, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
            foreach (var happened in page.Events)
                yield return happened;
            cursor = page.Cursor;
            if (page.Events.IsEmpty)
                await PatientlyAsync(() => WaitAsync(cursor, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<bool> WaitAsync(long cursor, CancellationToken cancellationToken)
    {
        await store.WaitForEventsAsync(cursor, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async ValueTask<TAnswer> PatientlyAsync<TAnswer>(Func<ValueTask<TAnswer>> read, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await read().ConfigureAwait(false);
            }
            catch (SessionStoreException failure)
            {
                telemetry.StreamWaits(failure);
                await Task.Delay(OutagePause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}

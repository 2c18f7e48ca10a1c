using Rescue.Sessions.EntityFrameworkCore.Databases;

namespace Rescue.Sessions.EntityFrameworkCore.Sessions;

/// <summary>
/// About how many codes are live, from which the length of the next PIN follows. Counting a million takes a while, so it is done twice a
/// minute, and what this node makes in between is added. Thread-safe.
/// </summary>
internal sealed class LiveCodeCount(Database database, TimeProvider time)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(30);

    private long count;
    private long countedAt;

    public void Add() => Interlocked.Increment(ref count);

    public async ValueTask<long> ReadAsync(CancellationToken cancellationToken)
    {
        var before = Interlocked.Read(ref countedAt);
        var now = time.GetTimestamp();
        if (before != 0 && time.GetElapsedTime(before, now) < Freshness)
            return Interlocked.Read(ref count);
        // One caller counts; the others go on with what was known.
        if (Interlocked.CompareExchange(ref countedAt, now == 0 ? 1 : now, before) != before)
            return Interlocked.Read(ref count);
        try
        {
            var live = await database.ReadAsync(
                new("SELECT count(*) FROM rescue_code WHERE kind = 'pin' AND live = 1"), row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
            Interlocked.Exchange(ref count, live[0]);
            return live[0];
        }
        catch
        {
            // Whoever comes next counts: to go on with nothing would make PINs too short.
            Interlocked.Exchange(ref countedAt, before);
            throw;
        }
    }
}

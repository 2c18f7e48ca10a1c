using Rescue.Sessions.EntityFrameworkCore.Databases;

namespace Rescue.Sessions.EntityFrameworkCore.Time;

/// <summary>
/// The time of the database server, which all nodes share: the machine's own clock and the difference that was last measured. So nodes whose
/// clocks disagree agree on what has expired. Timers run by the machine. Thread-safe.
/// </summary>
internal sealed class DatabaseClock(Database database, TimeProvider machine) : TimeProvider
{
    private long offset;

    public override long TimestampFrequency => machine.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => machine.GetUtcNow().AddTicks(Interlocked.Read(ref offset));

    public override long GetTimestamp() => machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>Measures the difference: the server's answer belongs to the middle of the round trip.</summary>
    public async Task MeasureAsync(CancellationToken cancellationToken)
    {
        var before = machine.GetUtcNow();
        var server = await database.ReadAsync(
            new("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint"), row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        var after = machine.GetUtcNow();
        var there = DateTimeOffset.UnixEpoch.AddTicks(server[0] * TimeSpan.TicksPerMicrosecond);
        Interlocked.Exchange(ref offset, (there - (before + ((after - before) / 2))).Ticks);
    }
}

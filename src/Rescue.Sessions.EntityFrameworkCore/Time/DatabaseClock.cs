using Rescue.Sessions.EntityFrameworkCore.Databases;

namespace Rescue.Sessions.EntityFrameworkCore.Time;

/// <summary>
/// The time of the database server, which all nodes share: what the machine has counted since the clock was made, and the difference that was last measured.
/// So nodes whose clocks disagree agree on what has expired, and a machine's clock that somebody sets moves nothing. Timers run by the machine. Thread-safe.
/// </summary>
internal sealed class DatabaseClock(Database database, TimeProvider machine) : TimeProvider
{
    private const int MostTries = 5;

    private static readonly TimeSpan GoodError = TimeSpan.FromMilliseconds(5);

    // By how much two machines' clocks may part between two measurements.
    private static readonly TimeSpan Drift = TimeSpan.FromMilliseconds(5);

    private readonly DateTimeOffset madeAt = machine.GetUtcNow();
    private readonly long made = machine.GetTimestamp();

    private Measurement known = new(TimeSpan.Zero, TimeSpan.FromDays(36_500));
    private long offset;

    public override long TimestampFrequency => machine.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => MachineNow().AddTicks(Interlocked.Read(ref offset));

    public override long GetTimestamp() => machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>By how much the server's clock is ahead of the machine's, as it shows the time now.</summary>
    public TimeSpan Difference => GetUtcNow() - machine.GetUtcNow();

    /// <summary>
    /// Measures the difference, a few times where the server is slow to answer. What was measured more exactly before stands, as long as the new
    /// measurement does not contradict it: a machine under load is no reason to know the time less well. Called by one caller at a time.
    /// </summary>
    public async Task MeasureAsync(CancellationToken cancellationToken)
    {
        var best = await MeasureOnceAsync(cancellationToken).ConfigureAwait(false);
        for (var again = 1; again < MostTries && best.Error > GoodError; again++)
        {
            var next = await MeasureOnceAsync(cancellationToken).ConfigureAwait(false);
            if (next.Error < best.Error)
                best = next;
        }

        known = known with { Error = known.Error + Drift };
        if (best.Error < known.Error || (best.Offset - known.Offset).Duration() > best.Error)
            known = best;
        Interlocked.Exchange(ref offset, known.Offset.Ticks);
    }

    private DateTimeOffset MachineNow() => madeAt + machine.GetElapsedTime(made);

    // The server's answer belongs to some moment of the round trip, so that the middle is wrong by half of it at most.
    private async Task<Measurement> MeasureOnceAsync(CancellationToken cancellationToken)
    {
        var before = MachineNow();
        var server = await database.ReadAsync(
            new("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint"), row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        var half = (MachineNow() - before) / 2;
        var there = DateTimeOffset.UnixEpoch.AddTicks(server[0] * TimeSpan.TicksPerMicrosecond);
        return new(there - (before + half), half.Duration());
    }

    /// <param name="Offset">The server's clock less the machine's.</param>
    /// <param name="Error">By how much that may be wrong.</param>
    private readonly record struct Measurement(TimeSpan Offset, TimeSpan Error);
}

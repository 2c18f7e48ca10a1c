using Microsoft.Extensions.Time.Testing;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.EntityFrameworkCore.Time;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Time;

public sealed class DatabaseClockTests : IDisposable
{
    private readonly PostgreSqlEngine engine = new();
    private readonly SlowTime machine = new();

    public void Dispose() => engine.Dispose();

    [Fact]
    public async Task Measure_AfterASlowAnswer_KeepsWhatWasMeasuredMoreExactly()
    {
        var clock = new DatabaseClock(engine.OpenDatabase(), machine);
        await clock.MeasureAsync(TestContext.Current.CancellationToken);
        var exact = clock.GetUtcNow() - machine.GetUtcNow();

        // The machine's clock goes on by this whenever it is read, so that every round trip takes so long: longer than the server's clock can have gone on meanwhile.
        machine.Slowness = TimeSpan.FromHours(1);
        await clock.MeasureAsync(TestContext.Current.CancellationToken);
        machine.Slowness = TimeSpan.Zero;

        (clock.GetUtcNow() - machine.GetUtcNow()).Should().Be(exact);
    }

    [Fact]
    public async Task Measure_AfterTheMachinesClockWasSet_FollowsTheServers()
    {
        var clock = new DatabaseClock(engine.OpenDatabase(), machine);
        await clock.MeasureAsync(TestContext.Current.CancellationToken);
        var before = clock.GetUtcNow();

        machine.Advance(TimeSpan.FromDays(1));
        await clock.MeasureAsync(TestContext.Current.CancellationToken);

        (clock.GetUtcNow() - before).Should().BeLessThan(TimeSpan.FromHours(12));
    }

    [Fact]
    public async Task GetUtcNow_AfterTheMachinesClockWasSet_GoesOnAsBefore()
    {
        var set = new SetTime();
        var clock = new DatabaseClock(engine.OpenDatabase(), set);
        await clock.MeasureAsync(TestContext.Current.CancellationToken);
        var before = clock.GetUtcNow();

        set.Ahead = TimeSpan.FromHours(1);

        clock.GetUtcNow().Should().BeCloseTo(before, TimeSpan.FromMinutes(30));
    }

    /// <summary>A machine whose clock somebody sets.</summary>
    private sealed class SetTime : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }

    /// <summary>A machine whose count goes on by so much whenever it is read.</summary>
    private sealed class SlowTime : FakeTimeProvider
    {
        public TimeSpan Slowness { get; set; }

        public override long GetTimestamp()
        {
            var now = base.GetTimestamp();
            if (Slowness > TimeSpan.Zero)
                Advance(Slowness);
            return now;
        }
    }
}

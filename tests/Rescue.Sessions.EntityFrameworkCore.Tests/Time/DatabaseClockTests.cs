using Microsoft.Extensions.Time.Testing;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.EntityFrameworkCore.Time;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Time;

public sealed class DatabaseClockTests : IDisposable
{
    private readonly PostgreSqlEngine engine = new();
    private readonly FakeTimeProvider machine = new();

    public void Dispose() => engine.Dispose();

    [Fact]
    public async Task Measure_AfterASlowAnswer_KeepsWhatWasMeasuredMoreExactly()
    {
        var clock = new DatabaseClock(engine.OpenDatabase(), machine);
        await clock.MeasureAsync(TestContext.Current.CancellationToken);
        var exact = clock.GetUtcNow() - machine.GetUtcNow();

        // The machine's clock goes on by this whenever it is read, so that every round trip takes so long.
        machine.AutoAdvanceAmount = TimeSpan.FromSeconds(4);
        await clock.MeasureAsync(TestContext.Current.CancellationToken);
        machine.AutoAdvanceAmount = TimeSpan.Zero;

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
}

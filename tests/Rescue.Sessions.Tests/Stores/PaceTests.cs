using Microsoft.Extensions.Time.Testing;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Tests.Stores;

public sealed class PaceTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly FakeTimeProvider machine = new();

    [Theory]
    [InlineData(1, 1_000)]
    [InlineData(4, 250)]
    [InlineData(20, 50)]
    public void Keep_RareEnough_PassesAtOnceForEver(int frequent, int betweenInMilliseconds)
    {
        var pace = new Pace(frequent + 1, Pause, machine);

        for (var i = 0; i < 200; i++)
        {
            pace.KeepAsync(1).IsCompleted.Should().BeTrue();
            machine.Advance(TimeSpan.FromMilliseconds(betweenInMilliseconds));
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(20, 20)]
    [InlineData(20, 500)]
    public void Keep_AsManyAtOnceAsAreFrequent_PausesOnce(int frequent, int done)
    {
        var pace = new Pace(frequent, Pause, machine);

        var kept = pace.KeepAsync(done);

        kept.IsCompleted.Should().BeFalse();
        machine.Advance(Pause - TimeSpan.FromMilliseconds(1));
        kept.IsCompleted.Should().BeFalse();
        machine.Advance(TimeSpan.FromMilliseconds(1));
        kept.IsCompletedSuccessfully.Should().BeTrue();
    }

    [Fact]
    public void Keep_QuietForASecond_HasAllOfItAgain()
    {
        var pace = new Pace(20, Pause, machine);
        pace.KeepAsync(500).IsCompleted.Should().BeFalse();

        machine.Advance(TimeSpan.FromSeconds(1));

        for (var i = 0; i < 19; i++)
            pace.KeepAsync(1).IsCompleted.Should().BeTrue();
        pace.KeepAsync(1).IsCompleted.Should().BeFalse();
    }

    [Fact]
    public void Keep_FrequentForLong_PausesAfterEachGroup()
    {
        var pace = new Pace(20, Pause, machine);
        pace.KeepAsync(20).IsCompleted.Should().BeFalse();

        for (var i = 0; i < 40; i++)
        {
            machine.Advance(Pause);
            pace.KeepAsync(10).IsCompleted.Should().BeFalse("a quarter of a second gives five, and ten came");
        }
    }
}

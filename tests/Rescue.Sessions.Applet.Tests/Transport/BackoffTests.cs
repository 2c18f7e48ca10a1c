using CsCheck;
using Rescue.Sessions.Applet.Transport;

namespace Rescue.Sessions.Applet.Tests.Transport;

public class BackoffTests
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    [Fact]
    public void Next_RepeatedFailures_DoublesUpToTheLimitWithHalfOfItRandom() =>
        Gen.Int[1, 80].Sample(failures =>
        {
            var backoff = new Backoff(First, Longest);
            for (var failure = 0; failure < failures; failure++)
            {
                var ceiling = Math.Min(Math.Pow(2, failure), 30);
                backoff.Next().TotalSeconds.Should().BeInRange(ceiling / 2, ceiling);
            }
        });

    [Fact]
    public void Next_ManyTimes_IsNotTheSame() =>
        Enumerable.Range(0, 20).Select(_ => new Backoff(First, Longest).Next()).Distinct().Should().HaveCountGreaterThan(1);

    [Fact]
    public void Reset_AfterASuccess_StartsOver()
    {
        var backoff = new Backoff(First, Longest);
        for (var failure = 0; failure < 10; failure++)
            backoff.Next();

        backoff.Reset();

        backoff.Next().Should().BeLessThanOrEqualTo(First);
    }

    [Fact]
    public void Reset_WithTheServersWish_StartsFromIt()
    {
        var backoff = new Backoff(First, Longest);

        backoff.Reset(TimeSpan.FromSeconds(8));

        backoff.Next().TotalSeconds.Should().BeInRange(4, 8);
    }

    [Theory]
    [InlineData(20, 20)]
    [InlineData(3600, 30)]
    public void Next_RetryAfter_IsHeardWithinTheLimit(int asked, int expected) =>
        new Backoff(First, Longest).Next(TimeSpan.FromSeconds(asked)).Should().Be(TimeSpan.FromSeconds(expected));

    [Fact]
    public void Next_RetryAfterShorterThanTheWait_KeepsTheWait() =>
        new Backoff(First, Longest).Next(TimeSpan.Zero).Should().BeGreaterThanOrEqualTo(First / 2);
}

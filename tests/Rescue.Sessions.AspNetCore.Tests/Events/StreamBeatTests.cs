using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Rescue.Sessions.AspNetCore.Events;

namespace Rescue.Sessions.AspNetCore.Tests.Events;

public sealed class StreamBeatTests : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider time = new();
    private readonly OpenStreams streams;

    public StreamBeatTests() => streams = new(Options.Create(new RescueWebOptions { Streams = { PerTenant = 10_000, Overall = 10_000 } }), time);

    public void Dispose() => streams.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(1_000)]
    public void Streams_OpenedAtOnce_AreAskedAboutAFifthInEachBeat(int technicians)
    {
        var asked = new int[technicians];
        for (var i = 0; i < technicians; i++)
        {
            var one = i;
            streams.Open(new DefaultHttpContext(), new($"t{one}", "Ada"), () =>
            {
                asked[one]++;
                return new(true);
            });
        }

        var most = 0;
        for (var beat = 0; beat < 15; beat++)
        {
            var before = asked.Sum();
            time.Advance(Beat);
            most = Math.Max(most, asked.Sum() - before);
        }

        asked.Should().OnlyContain(times => times == 3, "each is asked about every five seconds");
        most.Should().BeLessThanOrEqualTo((technicians / 5) + 16, "the host answers for all of them");
    }

    [Fact]
    public async Task Stream_BeatsBeforeItHasBegun_IsPingedAfterwardsAlone()
    {
        var context = new DefaultHttpContext();
        using var body = new MemoryStream();
        context.Response.Body = body;
        await using var stream = streams.Open(context, new("ada", "Ada"), () => new(true));

        time.Advance(15 * Beat);
        body.Length.Should().Be(0, "its headers would be sent as they are");

        await stream.BeginAsync(7);
        var opened = body.Length;
        time.Advance(15 * Beat);
        (opened, body.Length).Should().Match<(long Opened, long Now)>(length => length.Opened > 0 && length.Now > length.Opened);
    }
}

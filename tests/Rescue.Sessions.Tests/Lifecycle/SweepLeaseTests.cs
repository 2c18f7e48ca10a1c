using Microsoft.Extensions.Time.Testing;
using Rescue.Sessions.Deadlines;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Tests.Lifecycle;

public sealed class SweepLeaseTests
{
    private readonly FakeTimeProvider time = new();
    private readonly InMemorySessionStore store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Held_OfManyNodes_ByOneAsLongAsItGoesOn()
    {
        var nodes = Enumerable.Range(0, 4).Select(_ => new SweepLease(store, time)).ToList();

        for (var second = 0; second < 60; second++)
        {
            var held = new List<bool>();
            foreach (var node in nodes)
                held.Add(await node.IsHeldAsync(Cancellation));
            held.Should().Equal(true, false, false, false);
            time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public async Task Held_ByANodeThatDied_IsTakenWithinTenSeconds()
    {
        var (dead, other) = (new SweepLease(store, time), new SweepLease(store, time));
        await dead.IsHeldAsync(Cancellation);
        (await other.IsHeldAsync(Cancellation)).Should().BeFalse();

        time.Advance(TimeSpan.FromSeconds(10));

        (await other.IsHeldAsync(Cancellation)).Should().BeTrue();
        (await dead.IsHeldAsync(Cancellation)).Should().BeFalse("one that comes back has lost it");
    }
}

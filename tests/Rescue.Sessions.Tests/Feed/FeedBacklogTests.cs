using Microsoft.Extensions.Time.Testing;
using Rescue.Sessions.Feed;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Feed;

public sealed class FeedBacklogTests
{
    private const int AtOnce = 4;

    private readonly FakeTimeProvider time = new();
    private readonly StoreProbe probe;
    private readonly FeedBacklog backlog;

    public FeedBacklogTests()
    {
        (var store, probe) = StoreProbe.Create();
        backlog = new(store, time);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_ByManyWhileTheStoreIsAway_IsAskedByFew_AndAnswersAll()
    {
        const int Listeners = 50;
        probe.IsAway = true;
        var reading = Enumerable.Range(0, Listeners).Select(_ => ReadAsync(Cancellation)).ToArray();

        Asked().Should().Be(AtOnce);
        probe.IsAway = false;
        await Soon.PassUntilAsync(time, TimeSpan.FromMilliseconds(100), () => Task.FromResult(reading.All(read => read.IsCompleted)));

        await Task.WhenAll(reading);
        Asked().Should().Be(AtOnce + Listeners, "each asks once, and only those whose turn it was did so in vain");
    }

    [Fact]
    public async Task Read_ThatIsGivenUp_GivesItsPlaceBackOnce()
    {
        probe.IsAway = true;
        using var leaving = new CancellationTokenSource();
        var atWork = Enumerable.Range(0, AtOnce).Select(_ => ReadAsync(leaving.Token)).ToArray();
        var inTheQueue = ReadAsync(leaving.Token);
        var staying = ReadAsync(Cancellation);

        probe.IsAway = false;
        await leaving.CancelAsync();

        await staying;
        foreach (var left in atWork)
            await left.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        // It may have had its turn before it was told to leave.
        await Task.WhenAny(inTheQueue);
        probe.IsAway = true;
        probe.Forget();
        var next = Enumerable.Range(0, 2 * AtOnce).Select(_ => ReadAsync(Cancellation)).ToArray();
        Asked().Should().Be(AtOnce);
        probe.IsAway = false;
        await Soon.PassUntilAsync(time, TimeSpan.FromMilliseconds(100), () => Task.FromResult(next.All(read => read.IsCompleted)));
    }

    private int Asked() => probe.CallsOf(nameof(ISessionStore.ReadFeedAsync));

    private Task<SessionFeedPage> ReadAsync(CancellationToken cancellationToken) => backlog.ReadAsync(FeedTopic.All, 0, long.MaxValue, cancellationToken).AsTask();
}

using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Rescue.Sessions.EntityFrameworkCore.Sessions;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.StoreContract;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Sessions;

/// <summary>Whether somebody who waits for events is woken by what was written here.</summary>
public sealed class EventWatchTests
{
    /// <summary>As the health check reads, which only looks whether there is something.</summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public async Task Wait_AfterAReadThatIsFull_DoesNotWait(int limit, bool waits)
    {
        using var engine = new SqliteEngine();
        var watch = new EventWatch(engine.OpenDatabase(), new FakeTimeProvider(), new(NullLogger.Instance));
        var store = engine.OpenSessions();
        for (var made = 0; made < 2; made++)
            await store.CreateAsync(new Draft().Build(), TestContext.Current.CancellationToken);
        watch.Wake();

        (await watch.ReadAsync(new() { Limit = limit }, TestContext.Current.CancellationToken)).Events.Should().HaveCount(Math.Min(limit, 2));

        using var over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var waiting = watch.WaitAsync(over.Token);
        waiting.IsCompleted.Should().Be(!waits);
        await over.CancelAsync();
        await waiting.ContinueWith(_ => { }, TaskScheduler.Default);
    }
}

using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Rescue.Sessions.EntityFrameworkCore.Hosting;
using Rescue.Sessions.EntityFrameworkCore.Limits;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.EntityFrameworkCore.Tests.Nodes;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Hosting;

public sealed class DatabaseUpkeepTests
{
    [Fact]
    public async Task Upkeep_HostThatStops_EndsWithoutAFault()
    {
        using var engine = new SqliteEngine();
        var database = engine.OpenDatabase();
        var time = new AskedTime();
        using var upkeep = new DatabaseUpkeep(database, new EntityFrameworkLimitStore(database), null, time, NullLogger.Instance);
        await upkeep.StartAsync(TestContext.Current.CancellationToken);
        await time.Asked;

        await upkeep.StopAsync(TestContext.Current.CancellationToken);

        upkeep.ExecuteTask!.Status.Should().Be(TaskStatus.RanToCompletion, "a host that stops because it could not start has one failure to tell of");
    }

    [Fact]
    public async Task Upkeep_WhatLosesItsOwnPatience_IsTriedAgain()
    {
        using var engine = new SqliteEngine();
        var database = engine.OpenDatabase();
        var time = new ImpatientTime();
        using var upkeep = new DatabaseUpkeep(database, new EntityFrameworkLimitStore(database), null, time, NullLogger.Instance);
        await upkeep.StartAsync(TestContext.Current.CancellationToken);

        await Eventually.HoldsAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(30));
            return time.Questions > 1 || upkeep.ExecuteTask!.IsCompleted;
        });

        time.Questions.Should().BeGreaterThan(1);
        await upkeep.StopAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Tells when somebody waits for it.</summary>
    private sealed class AskedTime : FakeTimeProvider
    {
        private readonly TaskCompletionSource asked = new();

        public Task Asked => asked.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            asked.TrySetResult();
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }

    /// <summary>Gives up on who asks first what time it is.</summary>
    private sealed class ImpatientTime : FakeTimeProvider
    {
        private int questions;

        public int Questions => Volatile.Read(ref questions);

        public override DateTimeOffset GetUtcNow() =>
            Interlocked.Increment(ref questions) == 1 ? throw new TaskCanceledException("It took too long.") : base.GetUtcNow();
    }
}

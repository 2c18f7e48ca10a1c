using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Rescue.Sessions.EntityFrameworkCore.Hosting;
using Rescue.Sessions.EntityFrameworkCore.Limits;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;

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
}

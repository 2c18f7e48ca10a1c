using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Feed;
using Rescue.Sessions.Health;
using Rescue.Sessions.Outbox;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Health;

public sealed class HealthCheckTests : IDisposable
{
    private readonly StoreProbe probe;
    private readonly SupportDesk desk;

    public HealthCheckTests()
    {
        (var store, probe) = StoreProbe.Create();
        desk = new(register: services =>
        {
            services.AddSingleton(store);
            services.AddLogging().AddHealthChecks().AddRescueSessions();
        });
    }

    [Fact]
    public async Task AllIsWell_EveryCheckSaysSo_AndIsForReadiness()
    {
        var report = await CheckAsync();

        report.Status.Should().Be(HealthStatus.Healthy);
        report.Entries.Keys.Should().BeEquivalentTo("rescue.store", "rescue.outbox", "rescue.feed");
        report.Entries.Values.Should().OnlyContain(entry => entry.Tags.Contains("ready") && entry.Description!.EndsWith('.'));
    }

    [Fact]
    public async Task Store_AwayAndBack_IsUnhealthyMeanwhile_WithoutTheDriversWords()
    {
        probe.IsAway = true;
        var away = await CheckAsync();
        probe.IsAway = false;
        var back = await CheckAsync();

        away.Status.Should().Be(HealthStatus.Unhealthy);
        away.Entries["rescue.store"].Description.Should().Contain("out of reach").And.Contain("Look whether the database runs");
        away.Entries["rescue.outbox"].Status.Should().NotBe(HealthStatus.Unhealthy, "one thing is wrong, and one check says it");
        back.Status.Should().Be(HealthStatus.Healthy);
    }

    [Fact]
    public async Task Store_ThatDoesNotAnswer_IsUnhealthyAfterAWhile()
    {
        var asked = new TaskCompletionSource();
        probe.Hangs = true;
        probe.Asked = _ => asked.TrySetResult();

        var checking = CheckAsync();
        await asked.Task;
        while (!checking.IsCompleted)
        {
            desk.Time.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        (await checking).Entries["rescue.store"].Should().Match<HealthReportEntry>(entry =>
            entry.Status == HealthStatus.Unhealthy && entry.Description!.Contains("has not answered for 5 s", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Outbox_OldMessage_IsDegraded_UntilItIsSent()
    {
        await desk.InviteAsync();
        var young = await CheckAsync();
        desk.Time.Advance(TimeSpan.FromMinutes(6));
        var old = await CheckAsync();
        foreach (var claim in await desk.Store.ClaimAsync(desk.Time.GetUtcNow(), desk.Time.GetUtcNow() + TimeSpan.FromSeconds(30), 10, null, TestContext.Current.CancellationToken))
            await desk.Store.CompleteAsync([new(claim)], TestContext.Current.CancellationToken);
        var sent = await CheckAsync();

        young.Entries["rescue.outbox"].Status.Should().Be(HealthStatus.Healthy);
        old.Entries["rescue.outbox"].Status.Should().Be(HealthStatus.Degraded);
        old.Entries["rescue.outbox"].Description.Should().Contain("waited for 6 min");
        old.Entries["rescue.outbox"].Data["oldestSeconds"].Should().Be(360d);
        sent.Entries["rescue.outbox"].Description.Should().Be("Nothing waits to be sent.");
    }

    [Fact]
    public async Task Feed_ThatDoesNotGoOn_IsDegraded_UntilItDoes()
    {
        var feed = desk.Get<SessionFeed>();
        // Before anybody listens: a read that is under way would take the event with it.
        probe.IsFeedAway = true;
        var listening = await feed.JoinAsync(FeedTopic.Of("default"), TestContext.Current.CancellationToken);
        await desk.CreateAsync();
        var before = await CheckAsync();
        desk.Time.Advance(TimeSpan.FromSeconds(31));
        var behind = await CheckAsync();
        feed.Leave(listening);

        before.Entries["rescue.feed"].Status.Should().Be(HealthStatus.Healthy);
        behind.Entries["rescue.feed"].Status.Should().Be(HealthStatus.Degraded);
        behind.Entries["rescue.feed"].Description.Should().Contain("31 s behind");
    }

    [Theory]
    [InlineData(nameof(HealthOptions.StoreAnswer), 0)]
    [InlineData(nameof(HealthOptions.OldestMessage), 0)]
    [InlineData(nameof(HealthOptions.OldestMessage), 100_000)]
    [InlineData(nameof(HealthOptions.FeedDelay), -1)]
    [InlineData(nameof(HealthOptions.ClockDifference), 3_601)]
    public void Options_OutOfRange_NameThePropertyAndTheRange(string property, int seconds)
    {
        var options = new HealthOptions();
        typeof(HealthOptions).GetProperty(property)!.SetValue(options, TimeSpan.FromSeconds(seconds));

        var result = new HealthOptionsValidator().Validate(Options.DefaultName, options);

        result.FailureMessage.Should().StartWith($"Health.{property} is {TimeSpan.FromSeconds(seconds)}. Set it to a time from ");
    }

    public void Dispose() => desk.Dispose();

    private Task<HealthReport> CheckAsync() => desk.Get<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
}

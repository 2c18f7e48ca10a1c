using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Deadlines;
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

    [Theory]
    [InlineData(nameof(ISessionStore.ReadLatestSequenceAsync), "rescue.store", HealthStatus.Unhealthy, "has not answered for 5 s")]
    [InlineData(nameof(ISessionStore.FindOldestMessageAsync), "rescue.outbox", HealthStatus.Degraded, "the store is out of reach")]
    [InlineData(nameof(ISessionStore.ReadEventsAsync), "rescue.feed", HealthStatus.Degraded, "the store is out of reach")]
    public async Task Store_ThatLeavesAQuestionOpen_IsGivenUpAfterAWhile(string question, string check, HealthStatus status, string words)
    {
        var listening = await desk.Get<SessionFeed>().JoinAsync(FeedTopic.Of("default"), TestContext.Current.CancellationToken);
        var asked = new TaskCompletionSource();
        probe.Hanging = question;
        probe.Asked = name =>
        {
            if (name == question)
                asked.TrySetResult();
        };

        var checking = CheckAsync();
        await asked.Task;
        await Soon.PassUntilAsync(desk.Time, TimeSpan.FromSeconds(1), () => Task.FromResult(checking.IsCompleted || desk.Time.GetUtcNow() > SupportDesk.Morning.AddDays(1)));

        checking.IsCompleted.Should().BeTrue("whoever asks for the report does not wait for ever");
        var report = await checking;
        report.Entries[check].Status.Should().Be(status);
        report.Entries[check].Description.Should().Contain(words);
        desk.Get<SessionFeed>().Leave(listening);
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
        probe.FeedReads = 0;
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
    [InlineData(2, HealthStatus.Degraded)]
    // Whoever wrote the events may be behind by so much.
    [InlineData(600, HealthStatus.Healthy)]
    public async Task Feed_ThatGoesOnAndIsLateAtEachLook_IsDegraded_UntilItHasCaughtUp(int secondsOfClocks, HealthStatus status)
    {
        desk.Get<IOptions<HealthOptions>>().Value.ClockDifference = TimeSpan.FromSeconds(secondsOfClocks);
        probe.FeedReads = 0;
        var listening = await desk.Get<SessionFeed>().JoinAsync(FeedTopic.Of("default"), TestContext.Current.CancellationToken);
        for (var i = 0; i < 3; i++)
            await desk.CreateAsync();

        desk.Time.Advance(TimeSpan.FromSeconds(40));
        var once = await CheckAsync();
        await LetReadAsync(1);
        desk.Time.Advance(TimeSpan.FromSeconds(31));
        var late = await CheckAsync();
        await LetReadAsync(2);
        var caughtUp = await CheckAsync();

        once.Entries["rescue.feed"].Status.Should().Be(HealthStatus.Healthy, "it may read it the next moment");
        late.Entries["rescue.feed"].Status.Should().Be(status);
        caughtUp.Entries["rescue.feed"].Status.Should().Be(HealthStatus.Healthy);
        desk.Get<SessionFeed>().Leave(listening);
    }

    [Fact]
    public async Task Feed_WhileTimeOutsOfHoursAgoAreRecorded_IsNotTakenForLate()
    {
        for (var i = 0; i < 3; i++)
            await desk.CreateAsync();
        probe.FeedReads = 0;
        var listening = await desk.Get<SessionFeed>().JoinAsync(FeedTopic.Of("default"), TestContext.Current.CancellationToken);
        // Nobody has recorded anything for so long.
        desk.Time.Advance(TimeSpan.FromHours(5));
        await desk.Get<OverdueSweep>().RunAsync(default);

        var once = await CheckAsync();
        await LetReadAsync(1);
        desk.Time.Advance(TimeSpan.FromSeconds(31));
        var again = await CheckAsync();
        desk.Time.Advance(TimeSpan.FromSeconds(31));
        var standing = await CheckAsync();

        once.Entries["rescue.feed"].Status.Should().Be(HealthStatus.Healthy);
        again.Entries["rescue.feed"].Status.Should().Be(HealthStatus.Healthy, "it goes on, and how late it is they do not tell");
        standing.Entries["rescue.feed"].Status.Should().Be(HealthStatus.Degraded);
        standing.Entries["rescue.feed"].Description.Should().Contain("31 s behind", "it has stood still since");
        desk.Get<SessionFeed>().Leave(listening);
    }

    [Fact]
    public async Task Feed_OfAProcessThatWasAtPause_IsNotTakenForBehindAtOneLook()
    {
        probe.FeedReads = 0;
        var listening = await desk.Get<SessionFeed>().JoinAsync(FeedTopic.Of("default"), TestContext.Current.CancellationToken);
        await desk.CreateAsync();
        await desk.CreateAsync();

        // Each look comes between an event and its listeners.
        var before = await CheckAsync();
        await LetReadAsync(1);
        desk.Time.Advance(TimeSpan.FromMinutes(5));
        var after = await CheckAsync();

        before.Entries["rescue.feed"].Status.Should().Be(HealthStatus.Healthy);
        after.Entries["rescue.feed"].Status.Should().Be(HealthStatus.Healthy);
        desk.Get<SessionFeed>().Leave(listening);
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

    private async Task LetReadAsync(int events)
    {
        var position = desk.Get<SessionFeed>().Position!.Value + events;
        probe.FeedReads = events;
        await Soon.PassUntilAsync(desk.Time, TimeSpan.FromMilliseconds(100), () => Task.FromResult(desk.Get<SessionFeed>().Position == position));
    }

    private Task<HealthReport> CheckAsync() => desk.Get<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
}

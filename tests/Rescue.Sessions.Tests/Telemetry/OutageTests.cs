using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Subscriptions;
using Rescue.Sessions.Telemetry;
using Rescue.Sessions.Tests.Support;
using Rescue.Sessions.Webhooks.Storage;

namespace Rescue.Sessions.Tests.Telemetry;

/// <summary>While the store is away the log says so, and is not flooded.</summary>
public sealed class OutageTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly string[] Kinds = ["7", "8", "14", "33", "36"];

    private readonly FakeTimeProvider time = new(SupportDesk.Morning);
    private readonly Outage outage;

    public OutageTests() => outage = new(time);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Fail_AgainAndAgain_IsToldOnceAndOnceMoreEveryTenMinutes()
    {
        var told = new List<(double Minute, int LeftOut)>();
        for (var half = 0; half < 50; half++)
        {
            if (outage.Fail(new SessionStoreException("Away.")) is { } leftOut)
                told.Add((half / 2.0, leftOut));
            time.Advance(Minute / 2);
        }

        told.Should().Equal((0, 0), (10, 19), (20, 19));
    }

    public static TheoryData<Exception, Exception, bool> Sorts => new()
    {
        { new SessionStoreException("Away."), new SessionStoreException("Away still."), false },
        { new SessionStoreException("Away."), new InvalidOperationException("A setting does not hold."), true },
        { new SessionStoreException("Away.", new IOException()), new SessionStoreException("Away.", new IOException()), false },
        { new SessionStoreException("Away.", new IOException()), new SessionStoreException("Starting.", new InvalidDataException()), true },
    };

    [Theory]
    [MemberData(nameof(Sorts))]
    public void Fail_OfAnotherSort_IsToldBesideTheFirst(Exception first, Exception second, bool isTold)
    {
        outage.Fail(first).Should().Be(0);
        outage.Fail(second).HasValue.Should().Be(isTold);

        outage.Fail(first).Should().BeNull();
        outage.Fail(second).Should().BeNull();
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(119, false)]
    [InlineData(120, true)]
    [InlineData(3_600, true)]
    public void Succeed_SoLongAfterTheLatestFailure_EndsIt(int seconds, bool isOver)
    {
        outage.Fail(new SessionStoreException("Away."));
        time.Advance(Minute);
        outage.Fail(new SessionStoreException("Away."));
        time.Advance(TimeSpan.FromSeconds(seconds));

        outage.Succeed().Should().Be(isOver ? (SupportDesk.Morning, 2) : null);

        outage.Succeed().Should().BeNull("it is told once");
        (outage.Fail(new SessionStoreException("Away.")) == 0).Should().Be(isOver, "what comes after one that is over is another");
    }

    [Fact]
    public void Succeed_BesideWhatStillFails_EndsNothing()
    {
        outage.Succeed().Should().BeNull();
        outage.Fail(new SessionStoreException("Away."));
        for (var second = 0; second < 500; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            outage.Succeed().Should().BeNull();
            outage.Fail(new SessionStoreException("Away.")).Should().BeNull();
        }
    }

    [Fact]
    public async Task Node_WhoseStoreIsAwayAndComesBack_LogsOneFailureOfEachKindAndThatItIsOver()
    {
        using var recorder = new Recorder();
        var isAway = false;
        Action ask = () =>
        {
            if (Volatile.Read(ref isAway))
                throw new SessionStoreException("The store is out of reach.");
        };
        var sessions = new InMemorySessionStore();
        using var desk = new SupportDesk(register: services => services
            .AddSingleton(LostLine.To<ISessionStore>(sessions, ask))
            .AddSingleton(LostLine.To<ISubscriptionStore>(new InMemorySubscriptionStore(), ask))
            .AddSingleton(LostLine.To<IWebhookStore>(InMemoryWebhookStore.Beside(sessions), ask))
            .AddSingleton<IMeterFactory>(recorder)
            .AddLogging(logging => logging.AddProvider(recorder))
            .AddRescueSessions().AddWebhooks());
        var work = desk.Get<IEnumerable<IHostedService>>().OfType<BackgroundService>().ToArray();

        Volatile.Write(ref isAway, true);
        var began = desk.Time.GetUtcNow();
        foreach (var service in work)
            await service.StartAsync(Cancellation);
        await Soon.PassUntilAsync(desk.Time, TimeSpan.FromSeconds(1), () =>
            Task.FromResult(desk.Time.GetUtcNow() - began > 5 * Minute && Kinds.All(kind => Lines(kind).Length > 0)));
        Volatile.Write(ref isAway, false);
        await Soon.PassUntilAsync(desk.Time, TimeSpan.FromSeconds(1), async () =>
        {
            // In memory a stream reads at an event, and at no other time.
            await desk.CreateAsync();
            return Kinds.All(kind => Over(kind).Length > 0);
        });
        foreach (var service in work)
            await service.StopAsync(Cancellation);

        var reminders = (int)((desk.Time.GetUtcNow() - began) / (10 * Minute));
        foreach (var kind in Kinds)
        {
            Lines(kind).Length.Should().BeInRange(1, 1 + reminders, $"of event {kind} there are hundreds");
            Over(kind).Should().ContainSingle();
        }

        string[] Lines(string kind) => [.. recorder.Logs.Where(line => line.StartsWith($"{kind} ", StringComparison.Ordinal))];
        string[] Over(string kind) => [.. recorder.Logs.Where(line => line.StartsWith($"41 What event {kind} told of is over", StringComparison.Ordinal))];
    }
}

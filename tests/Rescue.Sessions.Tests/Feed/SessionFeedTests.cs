using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Rescue.Sessions.Feed;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Feed;

public sealed class SessionFeedTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly StoreProbe probe;
    private readonly SupportDesk desk;

    public SessionFeedTests()
    {
        (var store, probe) = StoreProbe.Create();
        desk = new SupportDesk(register: services => services.AddSingleton(store));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => desk.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(200)]
    public async Task Event_HoweverManyListen_IsReadOnce(int listeners)
    {
        const int Events = 20;
        var listening = new List<Listener>();
        for (var i = 0; i < listeners; i++)
            listening.Add(await ListenAsync(desk.Ada));
        probe.Forget();

        for (var i = 0; i < Events; i++)
        {
            await desk.CreateAsync();
            foreach (var listener in listening)
                await listener.NextAsync();
        }

        probe.CallsOf(nameof(ISessionStore.ReadFeedAsync)).Should().BeLessThanOrEqualTo(2 * Events);
        probe.CallsOf(nameof(ISessionStore.FindAsync)).Should().Be(0);
        probe.Calls.Should().BeLessThanOrEqualTo(6 * Events, "an event is created, read and waited for, whoever listens");
        foreach (var listener in listening)
            listener.Dispose();
    }

    /// <summary>Who has been signed out reads slowly, so that something always lies ready.</summary>
    [Theory]
    [InlineData(0L)]
    [InlineData(null)]
    public async Task Watch_IsEndedWhileMuchLiesReady_GivesNoMore(long? after)
    {
        const int Ready = 20;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        if (after is not null)
            await CreateAsync();
        using var watch = await desk.Events.OpenWatchAsync(desk.Ada, after, Cancellation);
        using var other = await ListenAsync(desk.Ada);
        if (after is null)
        {
            await CreateAsync();
            for (var heard = 0; heard < Ready; heard++)
                await other.NextAsync();
        }

        var given = 0;
        var read = async () =>
        {
            await foreach (var _ in watch.ReadAsync(end.Token))
            {
                given++;
                await end.CancelAsync();
            }
        };

        await read.Should().ThrowAsync<OperationCanceledException>();
        given.Should().Be(1);

        async Task CreateAsync()
        {
            for (var i = 0; i < Ready; i++)
                await desk.CreateAsync();
        }
    }

    [Fact]
    public async Task Events_ThatComeOften_AreReadSeveralAtATime()
    {
        const int Few = 1_000;
        const int Many = 200;
        var machine = new FakeTimeProvider();
        using var feed = new SessionFeed(desk.Store, desk.Time, desk.Get<SessionTelemetry>(), SessionFeed.PaceBy(machine));
        var listening = await feed.JoinAsync(FeedTopic.All, Cancellation);
        probe.Forget();
        for (var i = 0; i < Few; i++)
        {
            await desk.CreateAsync();
            await listening.Updates.ReadAsync(Cancellation);
        }

        for (var i = 0; i < Many; i++)
            await desk.CreateAsync();
        var heard = 0;
        await Soon.PassUntilAsync(machine, TimeSpan.FromMilliseconds(1), () =>
        {
            while (listening.Updates.TryRead(out _))
                heard++;
            return Task.FromResult(heard == Many);
        });

        probe.CallsOf(nameof(ISessionStore.ReadFeedAsync)).Should().BeLessThan(Few + 10);
        feed.Leave(listening);
    }

    [Fact]
    public async Task Event_EverybodyGetsTheSameObject_WithTheSession()
    {
        using var one = await ListenAsync(desk.Ada);
        using var two = await ListenAsync(desk.Alan);

        var (session, _) = await desk.CreateAsync();

        var update = await one.NextAsync();
        (await two.NextAsync()).Should().BeSameAs(update);
        update.Session.Should().BeEquivalentTo(session);
        update.Event.Kind.Should().Be(SessionEventKind.Created);
    }

    [Fact]
    public async Task Event_OfAnotherTenantOrSession_WakesNobody()
    {
        var (session, _) = await desk.CreateAsync();
        using var stranger = await ListenAsync(desk.Stranger);
        using var applet = new Listener(await desk.Applets.OpenWatchAsync(session.Id, null, Cancellation));
        using var ada = await ListenAsync(desk.Ada);
        var (strangerNext, appletNext) = (stranger.NextAsync(), applet.NextAsync());

        for (var i = 0; i < 10; i++)
        {
            await desk.CreateAsync();
            await ada.NextAsync();
        }

        strangerNext.IsCompleted.Should().BeFalse();
        appletNext.IsCompleted.Should().BeFalse();
        var (own, _) = await desk.CreateAsync(desk.Stranger);
        (await strangerNext).Event.Session.Should().Be(own.Id);
        await desk.Technicians.RevokeAsync(desk.Ada, session.Id, Cancellation);
        (await appletNext).Event.Trigger.Should().Be(SessionTrigger.Revoke);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Signal_TellsOnlyOfWhatConcernsItsWaiter(bool somebodyListens)
    {
        var feed = desk.Get<SessionFeed>();
        // Everybody is told when the feed begins, for nobody knows what came before.
        var listening = await feed.JoinAsync(FeedTopic.All, Cancellation);
        using var revocations = feed.Signal(happened => happened.Trigger == SessionTrigger.Revoke);
        using var everything = feed.Signal(_ => true);
        if (!somebodyListens)
            feed.Leave(listening);
        var told = revocations.WaitAsync(Cancellation);
        var (session, _) = await desk.CreateAsync();
        for (var i = 0; i < 10; i++)
        {
            await everything.WaitAsync(Cancellation);
            await desk.CreateAsync();
        }

        told.IsCompleted.Should().BeFalse();
        await desk.Technicians.RevokeAsync(desk.Ada, session.Id, Cancellation);
        await told.WaitAsync(Patience, Cancellation);
        feed.Leave(listening);
    }

    [Fact]
    public async Task Listener_WhoDoesNotKeepUp_IsLetGoAndGoesOnWhereTheyWere()
    {
        const int Events = 400;
        var slow = await desk.Events.OpenWatchAsync(desk.Ada, null, Cancellation);
        using var quick = await ListenAsync(desk.Ada);
        for (var i = 0; i < Events; i++)
        {
            await desk.CreateAsync();
            await quick.NextAsync();
        }

        var heard = new List<long>();
        await foreach (var update in slow.ReadAsync(Cancellation))
            heard.Add(update.Event.Sequence);
        heard.Should().HaveCountLessThan(Events, "memory is bounded").And.NotBeEmpty();
        slow.Dispose();

        using var again = new Listener(await desk.Events.OpenWatchAsync(desk.Ada, heard[^1], Cancellation));
        while (heard.Count < Events)
            heard.Add((await again.NextAsync()).Event.Sequence);
        heard.Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Watch_InProcessListenerWhoDoesNotKeepUp_HearsEachEventAllTheSame()
    {
        const int Events = 400;
        var stream = desk.Events.WatchAsync(desk.Ada, null, Cancellation).GetAsyncEnumerator(Cancellation);
        var first = stream.MoveNextAsync().AsTask();
        using var quick = await ListenAsync(desk.Ada);
        // The first one may be before the other has begun to listen.
        while (!first.IsCompleted)
        {
            await desk.CreateAsync();
            // Nothing here waits, and who reads needs a thread.
            await Task.Yield();
        }

        await first;
        var heard = new List<long> { stream.Current.Sequence };
        for (var i = 0; i < Events; i++)
            await desk.CreateAsync();

        var last = await desk.Store.ReadLatestSequenceAsync(Cancellation);
        while (heard[^1] < last && await stream.MoveNextAsync())
            heard.Add(stream.Current.Sequence);

        heard.Should().Equal(Enumerable.Range((int)heard[0], (int)(last - heard[0]) + 1).Select(n => (long)n));
        await stream.DisposeAsync();
    }

    [Fact]
    public async Task Resumed_WhileEventsCome_HasNeitherGapNorRepeat()
    {
        const int Events = 2000;
        var (session, _) = await desk.CreateAsync();
        var writing = Task.Run(
            async () =>
            {
                for (var i = 1; i < Events; i++)
                    await NoteAsync(session.Id);
            },
            Cancellation);
        var heard = new List<long>();

        while (heard.Count < Events)
        {
            using var watch = await desk.Events.OpenWatchAsync(desk.Ada, heard is [.., var last] ? last : 0, Cancellation);
            var some = 0;
            await foreach (var update in watch.ReadAsync(Cancellation))
            {
                heard.Add(update.Event.Sequence);
                if (++some == 97 || heard.Count == Events)
                    break;
            }
        }

        await writing;
        heard.Should().Equal(Enumerable.Range(1, Events).Select(n => (long)n));
    }

    [Fact]
    public async Task Resumed_AfterALongTime_IsReadInPages()
    {
        const int Events = 20_000;
        var (session, _) = await desk.CreateAsync();
        for (var i = 1; i < Events; i++)
            await NoteAsync(session.Id);
        probe.Forget();

        using var watch = new Listener(await desk.Events.OpenWatchAsync(desk.Ada, 0, Cancellation));
        for (var i = 0; i < Events; i++)
            (await watch.NextAsync()).Event.Sequence.Should().Be(i + 1);

        probe.Queries.Should().OnlyContain(query => query.Limit <= 1000);
        probe.Queries.Count(query => query.UpTo != long.MaxValue).Should().BeGreaterThan(Events / 1000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_000_000)]
    public async Task Resumed_AfterAnIdThatIsYetToCome_GoesOnFromNow(long ahead)
    {
        await desk.CreateAsync();
        var latest = await desk.Store.ReadLatestSequenceAsync(Cancellation);
        using var watch = new Listener(await desk.Events.OpenWatchAsync(desk.Ada, latest + ahead, Cancellation));

        var (next, _) = await desk.CreateAsync();

        (await watch.NextAsync()).Event.Session.Should().Be(next.Id, "a store that was lost counts from 1 again");
    }

    [Fact]
    public async Task StoreAway_WhileManyListen_IsWaitedOutOnceForAll()
    {
        const int Listeners = 50;
        var listening = new List<Listener>();
        for (var i = 0; i < Listeners; i++)
            listening.Add(await ListenAsync(desk.Ada));
        var heard = listening.ConvertAll(listener => listener.NextAsync());
        probe.IsAway = true;
        probe.Forget();
        var (session, _) = await desk.CreateAsync();

        const int Tries = 5;
        await Soon.PassUntilAsync(desk.Time, TimeSpan.FromMilliseconds(100), () => Task.FromResult(Reads() >= Tries));
        var tried = Reads();
        probe.IsAway = false;
        await Soon.PassUntilAsync(desk.Time, TimeSpan.FromMilliseconds(100), () => Task.FromResult(heard.TrueForAll(task => task.IsCompleted)));

        tried.Should().BeLessThan(Tries + 3, "one asks for all");
        foreach (var task in heard)
            (await task).Event.Session.Should().Be(session.Id);

        int Reads() => probe.CallsOf(nameof(ISessionStore.ReadFeedAsync));
    }

    [Fact]
    public async Task StoreAway_WhenTheFirstComes_IsToldAtOnce()
    {
        probe.IsAway = true;
        var open = () => desk.Events.OpenWatchAsync(desk.Ada, null, Cancellation).AsTask();
        await open.Should().ThrowAsync<SessionStoreException>();
        probe.IsAway = false;

        var opening = open();
        await Soon.PassUntilAsync(desk.Time, TimeSpan.FromMilliseconds(100), () => Task.FromResult(opening.IsCompleted));

        using var listener = new Listener(await opening);
        var (session, _) = await desk.CreateAsync();
        (await listener.NextAsync()).Event.Session.Should().Be(session.Id);
    }

    [Fact]
    public async Task Nobody_Listens_NothingIsRead()
    {
        using (var listener = await ListenAsync(desk.Ada))
        {
            await desk.CreateAsync();
            await listener.NextAsync();
        }

        // What the feed was waiting for comes, and it sees that nobody is there.
        await desk.CreateAsync();
        probe.Forget();
        for (var i = 0; i < 20; i++)
            await desk.CreateAsync();

        probe.CallsOf(nameof(ISessionStore.ReadFeedAsync)).Should().BeLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task Listeners_ThatComeAndGoAtOnce_LeaveOthersAlone()
    {
        using var staying = await ListenAsync(desk.Ada);
        var coming = Enumerable.Range(0, 200).Select(i => Task.Run(
            async () =>
            {
                using var watch = await desk.Events.OpenWatchAsync(i % 2 == 0 ? desk.Ada : desk.Stranger, null, Cancellation);
            },
            Cancellation));
        var creating = Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
                await desk.CreateAsync();
        });

        await Task.WhenAll([.. coming, creating]);

        for (var i = 1; i <= 100; i++)
            (await staying.NextAsync()).Event.Sequence.Should().Be(i);
    }

    private async Task<Listener> ListenAsync(Technician technician) => new(await desk.Events.OpenWatchAsync(technician, null, Cancellation));

    private async Task NoteAsync(SessionId id) => await desk.Store.TransitionAsync(
        SessionSelector.ById(id),
        new() { Now = SupportDesk.Morning },
        new() { Kind = SessionEventKind.Activity, At = SupportDesk.Morning, Actor = SessionActor.Service },
        Cancellation);

    private sealed class Listener(SessionWatch watch) : IDisposable
    {
        private readonly IAsyncEnumerator<SessionUpdate> updates = watch.ReadAsync(Cancellation).GetAsyncEnumerator(Cancellation);

        public async Task<SessionUpdate> NextAsync()
        {
            (await updates.MoveNextAsync().AsTask().WaitAsync(Patience, Cancellation)).Should().BeTrue();
            return updates.Current;
        }

        public void Dispose() => watch.Dispose();
    }
}

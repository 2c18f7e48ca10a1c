using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.StoreContract;

public abstract class EventContract : StoreContract
{
    [Fact]
    public async Task ReadEvents_OfOneSession_AnswersItsHistoryInOrder()
    {
        var (waiting, _) = await AddWaitingAsync(new Draft());
        await AddAsync(new Draft());

        var history = await HistoryAsync(waiting.Session.Id);

        history.Select(e => e.Trigger).Should().Equal(null, SessionTrigger.Join, SessionTrigger.Ready);
        history.Select(e => e.Sequence).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        history.Should().OnlyContain(e => e.Session == waiting.Session.Id && e.Tenant == waiting.Session.Tenant);
    }

    [Fact]
    public async Task FindHistory_OfASession_AnswersBoth()
    {
        var (waiting, _) = await AddWaitingAsync(new Draft());
        await AddAsync(new Draft());

        var found = await Store.FindHistoryAsync(waiting.Session.Id, Cancellation);

        found!.Session.Should().BeEquivalentTo(await FindAsync(waiting.Session.Id));
        found.Events.Should().BeEquivalentTo(await HistoryAsync(waiting.Session.Id), options => options.WithStrictOrdering());
    }

    [Fact]
    public async Task FindHistory_Unknown_IsNull() => (await Store.FindHistoryAsync(SessionId.New(Draft.Morning), Cancellation)).Should().BeNull();

    /// <summary>A page that shows a status which the history beside it has not reached, or has left behind, contradicts itself.</summary>
    [Fact]
    public async Task FindHistory_WhileItChanges_EndsWithTheSessionsOwnStatus()
    {
        var (waiting, _) = await AddWaitingAsync(new Draft());
        var id = waiting.Session.Id;
        await ApplyAsync(id, Changes.Start(Draft.Ada, Draft.Morning.AddMinutes(3)));
        using var done = new CancellationTokenSource();
        var reading = Task.Run(
            async () =>
            {
                while (!done.IsCancellationRequested)
                {
                    var found = (await Store.FindHistoryAsync(id, Cancellation))!;
                    found.Events[^1].To.Should().Be(found.Session.Session.Status);
                }
            },
            Cancellation);

        for (var minute = 4; minute < 54; minute += 2)
        {
            await ApplyAsync(id, Changes.Of(SessionTrigger.Hold, Draft.Morning.AddMinutes(minute)));
            await ApplyAsync(id, Changes.Of(SessionTrigger.Resume, Draft.Morning.AddMinutes(minute + 1)) with { Owner = Draft.Ada });
        }

        await done.CancelAsync();
        await reading;
    }

    [Fact]
    public async Task ReadEvents_OfATenant_LeavesOthersOut()
    {
        var draft = new Draft();
        var first = await AddAsync(draft);
        await AddAsync(new Draft());
        var second = await AddAsync(draft with { Pin = [Hashes.New()], Token = [Hashes.New()] });
        await SettledAsync(second.Session.Id);

        var page = await Store.ReadEventsAsync(new() { Tenant = draft.Tenant }, Cancellation);

        page.Events.Select(e => e.Session).Should().Equal(first.Session.Id, second.Session.Id);
    }

    [Fact]
    public async Task ReadEvents_SessionOfAnotherTenant_IsEmpty()
    {
        var added = await AddAsync(new Draft());

        (await Store.ReadEventsAsync(new() { Tenant = "other", Session = added.Session.Id }, Cancellation)).Events.Should().BeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task ReadEvents_PageByPage_AnswersEachEventOnce(int limit)
    {
        var (waiting, _) = await AddWaitingAsync(new Draft());
        await ApplyAsync(waiting.Session.Id, Changes.Start(Draft.Ada, Draft.Morning.AddMinutes(3)));
        await ApplyAsync(waiting.Session.Id, Changes.Of(SessionTrigger.Close, Draft.Morning.AddMinutes(4)));
        await SettledAsync(waiting.Session.Id);
        var query = new SessionEventQuery { Tenant = waiting.Session.Tenant, Limit = limit };
        var seen = new List<SessionEvent>();

        for (var page = await Store.ReadEventsAsync(query, Cancellation);
             !page.Events.IsEmpty;
             page = await Store.ReadEventsAsync(query with { After = page.Cursor }, Cancellation))
        {
            page.Events.Length.Should().BeLessThanOrEqualTo(limit);
            seen.AddRange(page.Events);
        }

        seen.Should().Equal(await HistoryAsync(waiting.Session.Id));
    }

    [Fact]
    public async Task ReadEvents_Cursor_MovesPastEventsThatAreNotWanted()
    {
        var mine = await AddAsync(new Draft());
        var history = await HistoryAsync(mine.Session.Id);
        await SettledAsync((await AddAsync(new Draft())).Session.Id);

        var page = await Store.ReadEventsAsync(new() { Tenant = mine.Session.Tenant, After = history[0].Sequence }, Cancellation);

        page.Events.Should().BeEmpty();
        page.Cursor.Should().BeGreaterThan(history[0].Sequence);
    }

    [Fact]
    public async Task ReadEvents_Cursor_NeverGoesBack()
    {
        var latest = await Store.ReadLatestSequenceAsync(Cancellation);

        var page = await Store.ReadEventsAsync(new() { Tenant = "nobody", After = latest + 1_000_000_000 }, Cancellation);

        page.Cursor.Should().Be(latest + 1_000_000_000);
    }

    [Fact]
    public async Task ReadLatestSequence_AfterAnEvent_ComesToItsSequence()
    {
        var before = await Store.ReadLatestSequenceAsync(Cancellation);
        var added = await AddAsync(new Draft());
        var history = await HistoryAsync(added.Session.Id);

        history[0].Sequence.Should().BeGreaterThan(before);
        await SettledAsync(added.Session.Id);
        (await Store.ReadLatestSequenceAsync(Cancellation)).Should().BeGreaterThanOrEqualTo(history[0].Sequence);
    }

    [Fact]
    public async Task WaitForEvents_EventsAreThere_Completes()
    {
        var added = await AddAsync(new Draft());
        var history = await HistoryAsync(added.Session.Id);

        await Store.WaitForEventsAsync(history[0].Sequence - 1, Cancellation);
    }

    [Fact]
    public async Task WaitForEvents_EventComes_Wakes()
    {
        var seen = new List<SessionEvent>();
        var draft = new Draft();
        var cursor = await Store.ReadLatestSequenceAsync(Cancellation);
        var waiting = ReadOneAsync();

        var added = await AddAsync(draft);

        await waiting;
        seen.Should().ContainSingle().Which.Session.Should().Be(added.Session.Id);

        // A wait may end without an event, so the reader asks until there is one, as the streams do.
        async Task ReadOneAsync()
        {
            while (seen.Count == 0)
            {
                await Store.WaitForEventsAsync(cursor, Cancellation);
                var page = await Store.ReadEventsAsync(new() { Tenant = draft.Tenant, After = cursor }, Cancellation);
                seen.AddRange(page.Events);
                cursor = page.Cursor;
            }
        }
    }

    [Fact]
    public async Task WaitForEvents_Cancelled_EndsAsCancelled()
    {
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var waiting = Store.WaitForEventsAsync(long.MaxValue, cancelled.Token);

        await cancelled.CancelAsync();

        // It may have ended without an event just before, and the next one is cancelled from its beginning.
        var both = async () =>
        {
            await waiting;
            await Store.WaitForEventsAsync(long.MaxValue, cancelled.Token);
        };
        await both.Should().ThrowAsync<OperationCanceledException>();
    }
}

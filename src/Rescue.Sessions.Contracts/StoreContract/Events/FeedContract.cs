using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.StoreContract;

/// <summary>What the feed of events asks of a store.</summary>
public abstract class FeedContract : StoreContract
{
    [Fact]
    public async Task ReadFeed_Event_ComesWithItsSession()
    {
        var (waiting, _) = await AddWaitingAsync(new Draft());
        await SettledAsync(waiting.Session.Id);

        var page = await Store.ReadFeedAsync(new() { Tenant = waiting.Session.Tenant }, Cancellation);

        page.Entries.Select(entry => entry.Event).Should().Equal(await HistoryAsync(waiting.Session.Id));
        page.Entries.Should().OnlyContain(entry => entry.Session!.Session == waiting.Session, "the session is as it is when it is read");
        page.Entries.Select(entry => entry.Event.Version).Should().Equal(Enumerable.Range(1, page.Entries.Length).Select(version => (long?)version), "each event tells which change of the session it is");
    }

    [Fact]
    public async Task ReadFeed_WhileSessionsChange_NoSessionIsOlderThanItsEvent()
    {
        const int Count = 60;
        var added = await AddAsync(new Draft());
        var cursor = (await HistoryAsync(added.Session.Id))[0].Sequence - 1;
        var changing = Task.Run(async () =>
        {
            for (var i = 0; i < Count; i++)
                await ApplyAsync(added.Session.Id, Changes.Note(SessionEventKind.Activity, Draft.Morning.AddMinutes(1)));
        });

        for (var seen = 0; seen <= Count;)
        {
            var page = await Store.ReadFeedAsync(new() { Tenant = added.Session.Tenant, After = cursor, Limit = 7 }, Cancellation);
            foreach (var (_, session) in page.Entries)
                session!.Session.Version.Should().BeGreaterThanOrEqualTo(++seen, "each event counts the version up by one");
            cursor = page.Cursor;
        }

        await changing;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public async Task ReadFeed_UpToASequence_EndsThere(int limit)
    {
        var draft = new Draft();
        var (waiting, _) = await AddWaitingAsync(draft);
        await AddAsync(new Draft());
        await ApplyAsync(waiting.Session.Id, Changes.Start(Draft.Ada, Draft.Morning.AddMinutes(3)));
        await SettledAsync(waiting.Session.Id);
        var history = await HistoryAsync(waiting.Session.Id);
        var (after, upTo) = (history[0].Sequence, history[2].Sequence);

        foreach (var query in (SessionEventQuery[])[new() { Tenant = draft.Tenant }, new() { Session = waiting.Session.Id }])
        {
            var seen = new List<SessionEvent>();
            for (var cursor = after; cursor < upTo;)
            {
                var page = await Store.ReadFeedAsync(query with { After = cursor, UpTo = upTo, Limit = limit }, Cancellation);
                page.Entries.Length.Should().BeLessThanOrEqualTo(limit);
                page.Cursor.Should().BeGreaterThan(cursor, "a reader comes to the end").And.BeLessThanOrEqualTo(upTo);
                seen.AddRange(page.Entries.Select(entry => entry.Event));
                cursor = page.Cursor;
            }

            seen.Should().Equal(history.Skip(1).Take(2));
        }
    }

    [Fact]
    public async Task ReadFeed_ManyEventsOfOthers_IsReadThroughToTheEnd()
    {
        var mine = await AddAsync(new Draft());
        var begin = (await HistoryAsync(mine.Session.Id))[0].Sequence;
        var other = await AddAsync(new Draft());
        for (var i = 0; i < 1500; i++)
            await ApplyAsync(other.Session.Id, Changes.Note(SessionEventKind.Activity, Draft.Morning.AddMinutes(1)));
        var last = await ApplyAsync(mine.Session.Id, Changes.Note(SessionEventKind.Activity, Draft.Morning.AddMinutes(1)));
        await SettledAsync(last.Session.Id);
        var upTo = (await HistoryAsync(mine.Session.Id))[^1].Sequence;

        var seen = new List<SessionEvent>();
        for (var cursor = begin; cursor < upTo;)
        {
            var page = await Store.ReadFeedAsync(new() { Tenant = mine.Session.Tenant, After = cursor, UpTo = upTo }, Cancellation);
            seen.AddRange(page.Entries.Select(entry => entry.Event));
            cursor = page.Cursor;
        }

        seen.Should().ContainSingle().Which.Sequence.Should().Be(upTo);
    }

    [Fact]
    public async Task ReadFeed_NothingNew_GoesOnWithoutSkipping()
    {
        var draft = new Draft();
        var cursor = await Store.ReadLatestSequenceAsync(Cancellation);
        cursor = (await Store.ReadFeedAsync(new() { Tenant = draft.Tenant, After = cursor }, Cancellation)).Cursor;
        var added = await AddAsync(draft);
        await SettledAsync(added.Session.Id);

        var page = await Store.ReadFeedAsync(new() { Tenant = draft.Tenant, After = cursor }, Cancellation);

        page.Entries.Should().ContainSingle().Which.Event.Session.Should().Be(added.Session.Id);
    }

    [Fact]
    public async Task ReadFeed_ErasedSession_LeavesAGap()
    {
        var draft = new Draft();
        var added = await AddAsync(draft);
        var kept = await AddAsync(draft with { Pin = [Hashes.New()], Token = [Hashes.New()] });
        await ApplyAsync(added.Session.Id, Changes.Of(SessionTrigger.Close, Draft.Morning.AddMinutes(1)));
        await SettledAsync(kept.Session.Id);
        await SettledAsync(added.Session.Id);
        await Store.EraseAsync(new() { Tenant = draft.Tenant, EndedBefore = Draft.Morning.AddDays(1), Limit = 10 }, Cancellation);

        var page = await Store.ReadFeedAsync(new() { Tenant = draft.Tenant }, Cancellation);

        page.Entries.Should().ContainSingle().Which.Event.Session.Should().Be(kept.Session.Id);
    }
}

using Rescue.Sessions.Codes;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.StoreContract;

public abstract class TouchContract : StoreContract
{
    [Fact]
    public async Task Touch_PresentKey_NotesTheTimeWithoutVersionAndHistory()
    {
        var (waiting, join) = await AddWaitingAsync(new Draft());
        var now = Draft.Morning.AddMinutes(5);

        var touched = await TouchAsync(waiting.Session.Id, [Hashes.New(), join.Key], now);

        touched!.Session.Should().Be(waiting.Session with { LastSeenAt = now });
        (await FindAsync(waiting.Session.Id)).Session.Should().Be(touched.Session);
        (await HistoryAsync(waiting.Session.Id)).Should().HaveCount(3);
    }

    [Theory]
    [InlineData(14_999, false)]
    [InlineData(15_000, true)]
    public async Task Touch_SoonAgain_IsNotWritten(int millisecondsLater, bool written)
    {
        var (waiting, join) = await AddWaitingAsync(new Draft());
        var first = Draft.Morning.AddMinutes(5);
        await TouchAsync(waiting.Session.Id, [join.Key], first);

        await TouchAsync(waiting.Session.Id, [join.Key], first.AddMilliseconds(millisecondsLater));

        var seen = (await FindAsync(waiting.Session.Id)).Session.LastSeenAt;
        seen.Should().Be(written ? first.AddMilliseconds(millisecondsLater) : first);
    }

    /// <summary>Else an applet that beats often would be taken for silent.</summary>
    [Theory]
    [InlineData(2_999, false)]
    [InlineData(3_000, true)]
    public async Task Touch_WhereSilenceIsShort_IsWrittenThreeTimesWithinIt(int millisecondsLater, bool written)
    {
        var (waiting, join) = await AddWaitingAsync(new Draft { Timeouts = Changes.Timeouts with { Silence = TimeSpan.FromSeconds(9) } });
        var first = Draft.Morning.AddMinutes(5);
        await TouchAsync(waiting.Session.Id, [join.Key], first);

        await TouchAsync(waiting.Session.Id, [join.Key], first.AddMilliseconds(millisecondsLater));

        var seen = (await FindAsync(waiting.Session.Id)).Session.LastSeenAt;
        seen.Should().Be(written ? first.AddMilliseconds(millisecondsLater) : first);
    }

    /// <summary>Else a customer who goes away after that would be waited for as long as the clock had been ahead.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(100_000)]
    public async Task Touch_AfterTheClockWasAhead_CountsFromWhatIsRight(int minutesAhead)
    {
        var (waiting, join) = await AddWaitingAsync(new Draft());
        var (id, silence) = (waiting.Session.Id, waiting.Session.Timeouts.Silence);
        var right = Draft.Morning.AddMinutes(5);
        var ahead = right.AddMinutes(minutesAhead);
        await TouchAsync(id, [join.Key], ahead);
        (await Store.FindSilentAsync(ahead, 1000, Cancellation)).Select(session => session.Id).Should().NotContain(id);

        var touched = await TouchAsync(id, [join.Key], right);

        touched!.Session.LastSeenAt.Should().Be(right);
        (await FindAsync(id)).Session.LastSeenAt.Should().Be(right);
        (await Store.FindSilentAsync(right + silence - TimeSpan.FromSeconds(1), 1000, Cancellation)).Select(session => session.Id).Should().NotContain(id);
        (await Store.FindSilentAsync(right + silence, 1000, Cancellation)).Select(session => session.Id).Should().Contain(id);
        await TouchAsync(id, [join.Key], right + silence);
        (await Store.FindSilentAsync(right + silence, 1000, Cancellation)).Select(session => session.Id).Should().NotContain(id);
        (await FindAsync(id)).Session.Version.Should().Be(waiting.Session.Version);
    }

    [Fact]
    public async Task Touch_FormerOrWrongKey_IsNullAndChangesNothing()
    {
        var (waiting, join) = await AddWaitingAsync(new Draft());
        var rejoined = await ApplyAsync(waiting.Session.Id, Changes.Join(join with { Key = Hashes.New() }, Draft.Morning.AddMinutes(3)));

        (await TouchAsync(waiting.Session.Id, [join.Key], Draft.Morning.AddMinutes(9))).Should().BeNull();
        (await TouchAsync(waiting.Session.Id, [Hashes.New()], Draft.Morning.AddMinutes(9))).Should().BeNull();
        (await FindAsync(waiting.Session.Id)).Should().BeEquivalentTo(rejoined);
    }

    [Fact]
    public async Task Touch_UnjoinedOrUnknown_IsNull()
    {
        var added = await AddAsync(new Draft());

        (await TouchAsync(added.Session.Id, [Hashes.New()], Draft.Morning)).Should().BeNull();
        (await TouchAsync(SessionId.New(Draft.Morning), [Hashes.New()], Draft.Morning)).Should().BeNull();
    }

    [Fact]
    public async Task Touch_ClosedSession_AnswersItUnchanged()
    {
        var (waiting, join) = await AddWaitingAsync(new Draft());
        var closed = await ApplyAsync(waiting.Session.Id, Changes.Of(SessionTrigger.Close, Draft.Morning.AddMinutes(4)));

        (await TouchAsync(waiting.Session.Id, [join.Key], Draft.Morning.AddHours(1))).Should().BeEquivalentTo(closed);
    }

    /// <summary>What beats within a second is one call, whatever is among it.</summary>
    [Fact]
    public async Task Touch_Several_AnswersEachInItsPlace()
    {
        var (one, oneJoin) = await AddWaitingAsync(new Draft());
        var (other, otherJoin) = await AddWaitingAsync(new Draft());
        var (closed, closedJoin) = await AddWaitingAsync(new Draft());
        await ApplyAsync(closed.Session.Id, Changes.Of(SessionTrigger.Close, Draft.Morning.AddMinutes(4)));
        var now = Draft.Morning.AddMinutes(5);

        var touched = await Store.TouchAsync(
            [
                new(one.Session.Id, [oneJoin.Key]), new(other.Session.Id, [Hashes.New()]), new(closed.Session.Id, [closedJoin.Key]),
                new(SessionId.New(Draft.Morning), [oneJoin.Key]), new(other.Session.Id, [otherJoin.Key]), new(one.Session.Id, [oneJoin.Key]),
            ],
            now,
            Cancellation);

        touched.Select(stored => stored?.Session.Id).Should().Equal(one.Session.Id, null, closed.Session.Id, null, other.Session.Id, one.Session.Id);
        touched.Select(stored => stored?.Session.LastSeenAt == now).Should().Equal(true, false, false, false, true, true);
        (await FindAsync(one.Session.Id)).Session.LastSeenAt.Should().Be(now);
        (await FindAsync(other.Session.Id)).Session.LastSeenAt.Should().Be(now);
        (await FindAsync(closed.Session.Id)).Session.LastSeenAt.Should().NotBe(now);
    }

    [Fact]
    public async Task Touch_None_IsNothing() => (await Store.TouchAsync([], Draft.Morning, Cancellation)).Should().BeEmpty();

    /// <summary>Many wait, and half of them are heard: the others alone are silent.</summary>
    [Fact]
    public async Task Touch_EverySecondOfMany_LeavesTheOthersSilent()
    {
        var waiting = new List<(SessionId Id, AppletJoin Join)>();
        for (var i = 0; i < 100; i++)
        {
            var (stored, join) = await AddWaitingAsync(new Draft());
            waiting.Add((stored.Session.Id, join));
        }

        var first = (await FindAsync(waiting[0].Id)).Session;
        var silentAt = first.LastSeenAt!.Value + first.Timeouts.Silence;
        await Store.TouchAsync([.. waiting.Where((_, i) => i % 2 == 0).Select(each => new SignOfLife(each.Id, [each.Join.Key]))], silentAt, Cancellation);

        var silent = (await Store.FindSilentAsync(silentAt, 2_000, Cancellation)).Select(session => session.Id).ToHashSet();

        waiting.Select((each, i) => silent.Contains(each.Id) == (i % 2 == 1)).Should().AllBeEquivalentTo(true);
        (await Store.FindSilentAsync(silentAt + first.Timeouts.Silence, 2_000, Cancellation)).Select(session => session.Id)
            .Should().Contain(waiting.Select(each => each.Id));
    }
}

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

        var touched = await Store.TouchAsync(waiting.Session.Id, [Hashes.New(), join.Key], now, Cancellation);

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
        await Store.TouchAsync(waiting.Session.Id, [join.Key], first, Cancellation);

        await Store.TouchAsync(waiting.Session.Id, [join.Key], first.AddMilliseconds(millisecondsLater), Cancellation);

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
        await Store.TouchAsync(waiting.Session.Id, [join.Key], first, Cancellation);

        await Store.TouchAsync(waiting.Session.Id, [join.Key], first.AddMilliseconds(millisecondsLater), Cancellation);

        var seen = (await FindAsync(waiting.Session.Id)).Session.LastSeenAt;
        seen.Should().Be(written ? first.AddMilliseconds(millisecondsLater) : first);
    }

    [Fact]
    public async Task Touch_FormerOrWrongKey_IsNullAndChangesNothing()
    {
        var (waiting, join) = await AddWaitingAsync(new Draft());
        var rejoined = await ApplyAsync(waiting.Session.Id, Changes.Join(join with { Key = Hashes.New() }, Draft.Morning.AddMinutes(3)));

        (await Store.TouchAsync(waiting.Session.Id, [join.Key], Draft.Morning.AddMinutes(9), Cancellation)).Should().BeNull();
        (await Store.TouchAsync(waiting.Session.Id, [Hashes.New()], Draft.Morning.AddMinutes(9), Cancellation)).Should().BeNull();
        (await FindAsync(waiting.Session.Id)).Should().BeEquivalentTo(rejoined);
    }

    [Fact]
    public async Task Touch_UnjoinedOrUnknown_IsNull()
    {
        var added = await AddAsync(new Draft());

        (await Store.TouchAsync(added.Session.Id, [Hashes.New()], Draft.Morning, Cancellation)).Should().BeNull();
        (await Store.TouchAsync(SessionId.New(Draft.Morning), [Hashes.New()], Draft.Morning, Cancellation)).Should().BeNull();
    }

    [Fact]
    public async Task Touch_ClosedSession_AnswersItUnchanged()
    {
        var (waiting, join) = await AddWaitingAsync(new Draft());
        var closed = await ApplyAsync(waiting.Session.Id, Changes.Of(SessionTrigger.Close, Draft.Morning.AddMinutes(4)));

        (await Store.TouchAsync(waiting.Session.Id, [join.Key], Draft.Morning.AddHours(1), Cancellation)).Should().BeEquivalentTo(closed);
    }
}

using Rescue.Sessions.Codes;
using Rescue.Sessions.Devices;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.StoreContract;

public abstract class TransitionContract : StoreContract
{
    private static readonly DateTimeOffset Later = Draft.Morning.AddMinutes(3);

    [Fact]
    public async Task Transition_Permitted_StoresWhatTheChangeMakesOfTheSession()
    {
        var added = await AddAsync(new Draft());
        var change = Changes.Join(new(Hashes.New(), Hashes.New()), Later) with { HostName = "PC-7", Platform = DevicePlatform.Linux, Detail = "detail" };
        var (expected, happened) = change.Apply(added);

        var result = await Store.TransitionAsync(SessionSelector.ById(added.Session.Id), Guard(), change, Cancellation);

        result.Applied.Should().BeTrue();
        result.Session.Should().BeEquivalentTo(expected);
        (await FindAsync(added.Session.Id)).Should().BeEquivalentTo(expected);
        var history = await HistoryAsync(added.Session.Id);
        history.Should().HaveCount(2);
        history[1].Should().Be(happened with { Sequence = history[1].Sequence });
    }

    [Fact]
    public async Task Transition_WholeLife_StoresEveryStepAsTheChangeMakesIt()
    {
        var expected = await AddAsync(new Draft());
        var invitation = new Invitation
        {
            Delivery = EmailDelivery.OnMyBehalf, State = InvitationState.Rejected, At = Later, To = "g@example.org", Reason = "550 no", Attempts = 2, IsRepeat = true,
        };
        var instance = Hashes.New();
        SessionChange[] life =
        [
            Changes.Note(SessionEventKind.Invitation, Later) with { Invitation = invitation },
            Changes.Join(new(instance, Hashes.New()), Later),
            Changes.Join(new(instance, Hashes.New()), Later),
            Changes.Of(SessionTrigger.Ready, Later) with { HostName = "PC-7", Platform = DevicePlatform.MacOS, AppletKind = AppletKind.Browser },
            Changes.Note(SessionEventKind.CodeTried, Later),
            Changes.Start(Draft.Ada, Later),
            Changes.Note(SessionEventKind.Activity, Later.AddMinutes(5)),
            Changes.Of(SessionTrigger.Reboot, Later),
            Changes.Of(SessionTrigger.GoOffline, Later),
            Changes.Of(SessionTrigger.Return, Later),
            Changes.Of(SessionTrigger.Hold, Later),
            Changes.Of(SessionTrigger.Close, Later),
        ];

        foreach (var change in life)
        {
            (expected, _) = change.Apply(expected);
            (await ApplyAsync(expected.Session.Id, change)).Should().BeEquivalentTo(expected);
            (await FindAsync(expected.Session.Id)).Should().BeEquivalentTo(expected);
        }

        expected.Session.Status.Should().Be(SessionStatus.Closed);
        (await HistoryAsync(expected.Session.Id)).Should().HaveCount(life.Length + 1);
    }

    [Fact]
    public async Task Transition_NotInTheTable_ChangesNothing()
    {
        var added = await AddAsync(new Draft());
        var start = Changes.Start(Draft.Ada, Later) with { Messages = [Draft.Message(added.Session.Id, "never", Draft.Morning)] };

        var result = await Store.TransitionAsync(SessionSelector.ById(added.Session.Id), Guard(), start, Cancellation);

        result.Applied.Should().BeFalse();
        result.Session.Should().BeEquivalentTo(added);
        await ShouldBeUnchangedAsync(added);
    }

    [Fact]
    public async Task Transition_UnknownSession_AnswersNull()
    {
        var result = await Store.TransitionAsync(
            SessionSelector.ByToken([Hashes.New()]), Guard(), Changes.Of(SessionTrigger.Close, Later), Cancellation);

        result.Applied.Should().BeFalse();
        result.Session.Should().BeNull();
    }

    [Fact]
    public async Task Transition_ByPinAndByToken_Work()
    {
        var byPin = new Draft();
        var byToken = new Draft();
        await AddAsync(byPin);
        await AddAsync(byToken);

        foreach (var selector in (SessionSelector[])[SessionSelector.ByPin(byPin.Pin), SessionSelector.ByToken(byToken.Token)])
        {
            var result = await Store.TransitionAsync(selector, Guard(), Changes.Of(SessionTrigger.Close, Later), Cancellation);
            result.Applied.Should().BeTrue();
        }
    }

    [Fact]
    public async Task Transition_Join_ErasesTheSealedCode()
    {
        var added = await AddAsync(new Draft());

        var joined = await ApplyAsync(added.Session.Id, Changes.Join(new(Hashes.New(), Hashes.New()), Later));

        added.SealedCode.Should().NotBeNull();
        joined.SealedCode.Should().BeNull();
        (await FindAsync(added.Session.Id)).SealedCode.Should().BeNull();
    }

    [Fact]
    public async Task Transition_End_ErasesTheSealedCode()
    {
        var added = await AddAsync(new Draft());

        await ApplyAsync(added.Session.Id, Changes.Of(SessionTrigger.Revoke, Later));

        (await FindAsync(added.Session.Id)).SealedCode.Should().BeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Transition_TenantGuard_HoldsForItsTenantAlone(bool own)
    {
        var draft = new Draft();
        var added = await AddAsync(draft);

        await ShouldBeAsync(own, added, Guard() with { Tenant = own ? draft.Tenant : draft.Tenant + "x" }, Changes.Of(SessionTrigger.Close, Later));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public async Task Transition_AroundTheDeadline_HoldsOnlyBeforeIt(int millisecondsAfter, bool applies)
    {
        var added = await AddAsync(new Draft());
        var now = added.Session.Deadline!.Value.At.AddMilliseconds(millisecondsAfter);

        await ShouldBeAsync(applies, added, new() { Now = now }, Changes.Join(new(Hashes.New(), Hashes.New()), now));
    }

    [Theory]
    [InlineData(-1, SessionTrigger.Expire, false)]
    [InlineData(0, SessionTrigger.Expire, true)]
    [InlineData(60_000, SessionTrigger.Expire, true)]
    [InlineData(0, SessionTrigger.ConnectingTimeOut, false)]
    public async Task Transition_OverdueGuard_HoldsFromTheDeadlineForItsTrigger(int millisecondsAfter, SessionTrigger trigger, bool applies)
    {
        var added = await AddAsync(new Draft());
        var deadline = added.Session.Deadline!.Value.At;

        await ShouldBeAsync(applies, added, new() { Now = deadline.AddMilliseconds(millisecondsAfter), Overdue = true }, Changes.Of(trigger, deadline));
    }

    [Fact]
    public async Task Transition_OverdueGuardWithoutDeadline_DoesNotHold()
    {
        var (waiting, _) = await AddWaitingAsync(new Draft());
        var closed = await ApplyAsync(waiting.Session.Id, Changes.Of(SessionTrigger.Close, Later));

        await ShouldBeAsync(false, closed, new() { Now = Later.AddYears(1), Overdue = true }, Changes.Of(SessionTrigger.WaitingTimeOut, Later));
    }

    [Fact]
    public async Task Transition_InstanceGuard_HoldsForNobodyAndForTheSameInstanceAlone()
    {
        var added = await AddAsync(new Draft());
        var first = new AppletJoin(Hashes.New(), Hashes.New());

        var joined = await ShouldBeAsync(true, added, Guard() with { Instance = [first.Instance] }, Changes.Join(first, Later));
        await ShouldBeAsync(false, joined, Guard() with { Instance = [Hashes.New()] }, Changes.Join(new(Hashes.New(), Hashes.New()), Later));
        var again = first with { Key = Hashes.New() };
        var rejoined = await ShouldBeAsync(true, joined, Guard() with { Instance = [Hashes.New(), first.Instance] }, Changes.Join(again, Later));

        rejoined.AppletKey.Should().Be(again.Key);
        rejoined.Session.JoinedAt.Should().Be(joined.Session.JoinedAt);
    }

    [Fact]
    public async Task Transition_AppletKeyGuard_HoldsForThePresentKeyAlone()
    {
        var added = await AddAsync(new Draft());
        await ShouldBeAsync(false, added, Guard() with { AppletKey = [Hashes.New()] }, Changes.Of(SessionTrigger.Ready, Later));
        var join = new AppletJoin(Hashes.New(), Hashes.New());
        var joined = await ApplyAsync(added.Session.Id, Changes.Join(join, Later));

        await ShouldBeAsync(false, joined, Guard() with { AppletKey = [Hashes.New()] }, Changes.Of(SessionTrigger.Ready, Later));
        await ShouldBeAsync(true, joined, Guard() with { AppletKey = [Hashes.New(), join.Key] }, Changes.Of(SessionTrigger.Ready, Later));
    }

    [Fact]
    public async Task Transition_UnjoinedGuard_HoldsUntilTheJoin()
    {
        var added = await AddAsync(new Draft());
        var note = Changes.Note(SessionEventKind.Invitation, Later);

        var noted = await ShouldBeAsync(true, added, Guard() with { CodeLive = true }, note);
        var joined = await ApplyAsync(noted.Session.Id, Changes.Join(new(Hashes.New(), Hashes.New()), Later));
        await ShouldBeAsync(false, joined, Guard() with { CodeLive = true }, note);
    }

    private static SessionGuard Guard() => new() { Now = Later };

    private async Task<StoredSession> ShouldBeAsync(bool applied, StoredSession before, SessionGuard guard, SessionChange change)
    {
        var result = await Store.TransitionAsync(SessionSelector.ById(before.Session.Id), guard, change, Cancellation);
        result.Applied.Should().Be(applied);
        if (applied)
            result.Session.Should().BeEquivalentTo(change.Apply(before).Session);
        else
            await ShouldBeUnchangedAsync(before);
        return result.Session!;
    }

    private async Task ShouldBeUnchangedAsync(StoredSession before)
    {
        (await FindAsync(before.Session.Id)).Should().BeEquivalentTo(before);
        (await HistoryAsync(before.Session.Id)).Should().HaveCount((int)before.Session.Version);
    }
}

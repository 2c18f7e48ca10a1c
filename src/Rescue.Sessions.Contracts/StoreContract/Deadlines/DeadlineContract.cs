using System.Collections.Immutable;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.StoreContract;

/// <summary>Which sessions time has come for: overdue, to be warned of, silent. Guests' are in <see cref="GuestContract"/>.</summary>
/// <remarks>Deadlines lie in years that other tests do not use, for a shared store answers for all tenants.</remarks>
public abstract class DeadlineContract : StoreContract
{
    private static readonly DateTimeOffset Early = new(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task FindOverdue_AroundTheDeadline_FindsFromItOn()
    {
        var added = await AddAsync(new Draft { At = Early });
        var deadline = added.Session.Deadline!.Value.At;

        (await FindAsync(deadline.AddMilliseconds(-1), added)).Should().BeEmpty();
        (await FindAsync(deadline, added)).Should().Equal(added.Session);
        (await FindAsync(deadline.AddDays(1), added)).Should().Equal([added.Session], "a sweep that failed must find it again");
    }

    [Fact]
    public async Task FindOverdue_Several_AnswersTheLongestOverdueFirstUpToTheLimit()
    {
        var at = Early.AddYears(-1);
        var third = await AddAsync(new Draft { At = at, Validity = TimeSpan.FromSeconds(30) });
        var first = await AddAsync(new Draft { At = at, Validity = TimeSpan.FromSeconds(10) });
        var second = await AddAsync(new Draft { At = at, Validity = TimeSpan.FromSeconds(20) });

        (await FindAsync(at.AddMinutes(1), first, second, third)).Should().Equal(first.Session, second.Session, third.Session);
        (await Store.FindOverdueAsync(at.AddMinutes(1), 2, Cancellation)).Should().HaveCount(2);
    }

    [Fact]
    public async Task FindOverdue_DeadlineThatMoved_CountsTheNewOne()
    {
        var (waiting, _) = await AddWaitingAsync(new Draft { At = Early.AddYears(1) });
        var deadline = waiting.Session.Deadline!.Value;

        deadline.Trigger.Should().Be(SessionTrigger.WaitingTimeOut);
        (await FindAsync(waiting.Session.ExpiresAt, waiting)).Should().BeEmpty();
        (await FindAsync(deadline.At, waiting)).Should().Equal(waiting.Session);
    }

    [Fact]
    public async Task FindOverdue_RecordedOrEndedSession_IsNotFound()
    {
        var added = await AddAsync(new Draft { At = Early.AddYears(2) });
        var deadline = added.Session.Deadline!.Value;
        var recorded = await Store.TransitionAsync(
            SessionSelector.ById(added.Session.Id), new() { Now = deadline.At, Overdue = true }, Changes.Of(deadline.Trigger, deadline.At), Cancellation);

        recorded.Applied.Should().BeTrue();
        (await FindAsync(deadline.At.AddDays(1), added)).Should().BeEmpty();
    }

    [Fact]
    public async Task FindOverdue_RequestWhoseCustomerWentAndCameBack_IsDueWhenItWouldHaveBeen()
    {
        var (waiting, _) = await AddWaitingAsync(new Draft { At = Early.AddYears(3), CreatedBy = null, Request = new("The printer") });
        var deadline = waiting.Session.Deadline!.Value;
        var at = waiting.Session.StatusSince;

        await ApplyAsync(waiting.Session.Id, Changes.Of(SessionTrigger.LoseConnection, at.AddSeconds(1)));
        await ApplyAsync(waiting.Session.Id, Changes.Of(SessionTrigger.GoOffline, at.AddSeconds(2)));
        (await FindAsync(deadline.At, waiting)).Should().ContainSingle().Which.Status.Should().Be(SessionStatus.Offline);
        await ApplyAsync(waiting.Session.Id, Changes.Of(SessionTrigger.Return, at.AddSeconds(3)));

        (await FindAsync(deadline.At.AddMilliseconds(-1), waiting)).Should().BeEmpty();
        (await FindAsync(deadline.At, waiting)).Should().ContainSingle().Which.WaitingSince.Should().Be(at);
    }

    [Fact]
    public async Task Silent_FromTheSilenceTimeOutOn_UntilTheAppletIsHeardOrTheSessionMovesOn()
    {
        var (waiting, join) = await AddWaitingAsync(new Draft());
        var id = waiting.Session.Id;
        var heard = waiting.Session.LastSeenAt!.Value;
        var silence = waiting.Session.Timeouts.Silence;

        (await SilentAsync(heard + silence - TimeSpan.FromSeconds(1))).Should().NotContain(id);
        (await SilentAsync(heard + silence)).Should().Contain(id);
        await TouchAsync(id, [join.Key], heard + silence);
        (await SilentAsync(heard + silence)).Should().NotContain(id);
        await ApplyAsync(id, Changes.Of(SessionTrigger.LoseConnection, heard + (2 * silence)));
        (await SilentAsync(heard + (9 * silence))).Should().NotContain(id);
    }

    [Fact]
    public async Task LoseConnection_WhenTheAppletWasHeardMeanwhile_IsNotApplied()
    {
        var (waiting, join) = await AddWaitingAsync(new Draft());
        var now = waiting.Session.LastSeenAt!.Value + waiting.Session.Timeouts.Silence;
        await TouchAsync(waiting.Session.Id, [join.Key], now);

        var result = await Store.TransitionAsync(
            SessionSelector.ById(waiting.Session.Id), new() { Now = now, Silent = true }, Changes.Of(SessionTrigger.LoseConnection, now), Cancellation);

        result.Applied.Should().BeFalse();
    }

    [Fact]
    public async Task Alarms_ComeOneAfterTheOther_EachRaisedOnce()
    {
        var (waiting, _) = await AddWaitingAsync(new Draft());
        var id = waiting.Session.Id;
        for (var level = 1; level <= 3; level++)
        {
            var alarm = (await FindAsync(id)).Session.Alarm!.Value;
            alarm.Level.Should().Be(level);
            (await AlarmedAsync(alarm.At - TimeSpan.FromSeconds(1))).Should().NotContain(id);
            (await AlarmedAsync(alarm.At)).Should().Contain(id);
            (await RaiseAsync(id, alarm)).Applied.Should().BeTrue();
            (await RaiseAsync(id, alarm)).Applied.Should().BeFalse("another node was faster");
            (await FindAsync(id)).Session.AlarmLevel.Should().Be(level);
        }

        (await FindAsync(id)).Session.Alarm.Should().BeNull();
    }

    private async Task<ImmutableArray<Session>> FindAsync(DateTimeOffset now, params StoredSession[] among)
    {
        var overdue = await Store.FindOverdueAsync(now, 1000, Cancellation);
        return [.. overdue.Where(session => among.Any(stored => stored.Session.Id == session.Id))];
    }

    private async Task<IEnumerable<SessionId>> SilentAsync(DateTimeOffset now) =>
        (await Store.FindSilentAsync(now, 1000, Cancellation)).Select(session => session.Id);

    private async Task<IEnumerable<SessionId>> AlarmedAsync(DateTimeOffset now) =>
        (await Store.FindAlarmsAsync(now, 1000, Cancellation)).Select(session => session.Id);

    private async Task<TransitionResult> RaiseAsync(SessionId id, SessionAlarm alarm) =>
        await Store.TransitionAsync(
            SessionSelector.ById(id), new() { Now = alarm.At, AlarmLevel = alarm.Level }, Changes.Note(SessionEventKind.Alarm, alarm.At), Cancellation);
}

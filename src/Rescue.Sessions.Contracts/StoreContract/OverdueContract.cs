using System.Collections.Immutable;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.StoreContract;

/// <remarks>Deadlines lie in years that other tests do not use, for a shared store answers for all tenants.</remarks>
public abstract class OverdueContract : StoreContract
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

    private async Task<ImmutableArray<Session>> FindAsync(DateTimeOffset now, params StoredSession[] among)
    {
        var overdue = await Store.FindOverdueAsync(now, 1000, Cancellation);
        return [.. overdue.Where(session => among.Any(stored => stored.Session.Id == session.Id))];
    }
}

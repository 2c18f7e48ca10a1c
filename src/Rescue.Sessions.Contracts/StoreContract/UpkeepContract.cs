using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Presence;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.StoreContract;

/// <summary>What the sweeps and the host's administration ask of a store.</summary>
public abstract class UpkeepContract : StoreContract
{
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

    [Fact]
    public async Task Presence_IsAvailableUntilSet_ForEachTechnicianOfEachTenant()
    {
        var tenant = "tenant-" + Guid.NewGuid().ToString("N");
        await Store.SetPresenceAsync(tenant, Draft.Ada, TechnicianPresence.Away, Draft.Morning, Cancellation);

        (await Store.FindPresenceAsync(tenant, "ada", Cancellation)).Should().Be(TechnicianPresence.Away);
        (await Store.FindPresenceAsync(tenant, "bob", Cancellation)).Should().Be(TechnicianPresence.Available);
        (await Store.FindPresenceAsync(tenant + "x", "ada", Cancellation)).Should().Be(TechnicianPresence.Available);
        await Store.SetPresenceAsync(tenant, Draft.Ada, TechnicianPresence.Available, Draft.Morning, Cancellation);
        (await Store.FindPresenceAsync(tenant, "ada", Cancellation)).Should().Be(TechnicianPresence.Available);
    }

    [Fact]
    public async Task OpenOf_ATechnician_AreThoseTheyOwnOrMadeAndNobodyTook()
    {
        var tenant = "tenant-" + Guid.NewGuid().ToString("N");
        var made = await AddAsync(new Draft { Tenant = tenant });
        var (taken, _) = await AddWaitingAsync(new Draft { Tenant = tenant });
        await ApplyAsync(taken.Session.Id, Changes.Start(new("bob", "Bob"), Draft.Morning.AddMinutes(3)));
        var (closed, _) = await AddWaitingAsync(new Draft { Tenant = tenant });
        await ApplyAsync(closed.Session.Id, Changes.Of(SessionTrigger.Close, Draft.Morning.AddMinutes(3)));

        (await Store.FindOpenOfAsync(tenant, "ada", Cancellation)).Select(session => session.Id).Should().Equal(made.Session.Id);
        (await Store.FindOpenOfAsync(tenant, "bob", Cancellation)).Select(session => session.Id).Should().Equal(taken.Session.Id);
    }

    private async Task<IEnumerable<SessionId>> SilentAsync(DateTimeOffset now) =>
        (await Store.FindSilentAsync(now, 1000, Cancellation)).Select(session => session.Id);

    private async Task<IEnumerable<SessionId>> AlarmedAsync(DateTimeOffset now) =>
        (await Store.FindAlarmsAsync(now, 1000, Cancellation)).Select(session => session.Id);

    private async Task<TransitionResult> RaiseAsync(SessionId id, SessionAlarm alarm) =>
        await Store.TransitionAsync(
            SessionSelector.ById(id), new() { Now = alarm.At, AlarmLevel = alarm.Level }, Changes.Note(SessionEventKind.Alarm, alarm.At), Cancellation);
}

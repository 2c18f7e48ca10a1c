using Rescue.Sessions.Deadlines;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Deadlines;

/// <summary>However much has become due at once, one turn of its sweep records all of it.</summary>
public sealed class SweepBatchesTests : IDisposable
{
    // More than two batches.
    private const int Many = 450;

    private readonly SupportDesk desk = new();

    [Fact]
    public async Task Overdue_ManyAtOnce_AreRecordedInOneTurn()
    {
        await MakeAsync(() => desk.CreateAsync());
        desk.Time.Advance(TimeSpan.FromMinutes(20));

        await desk.Get<OverdueSweep>().RunAsync(default);

        (await CountAsync(happened => happened.Trigger == SessionTrigger.Expire)).Should().Be(Many);
    }

    [Fact]
    public async Task Alarms_ManyAtOnce_AreRaisedInOneTurn()
    {
        await MakeAsync(() => desk.CreateAsync());
        desk.Time.Advance(TimeSpan.FromMinutes(10));

        await desk.Get<AlarmSweep>().RunAsync(default);

        (await CountAsync(happened => happened.Kind == SessionEventKind.Alarm)).Should().Be(Many);
    }

    [Fact]
    public async Task Silence_OfManyAtOnce_IsNoticedInOneTurn()
    {
        await MakeAsync(() => desk.WaitingAsync());
        desk.Time.Advance(TimeSpan.FromSeconds(45));

        await desk.Get<SilenceSweep>().RunAsync(default);

        (await CountAsync(happened => happened.Trigger == SessionTrigger.LoseConnection)).Should().Be(Many);
    }

    [Fact]
    public async Task Visits_ManyOverAtOnce_AreRecordedInOneTurn()
    {
        await MakeAsync(async () =>
        {
            var (session, _) = await desk.CreateAsync();
            await desk.Get<SupportGuests>().InviteAsync(desk.Ada, session.Id, new("Katherine Johnson", TimeSpan.FromMinutes(10)));
        });
        desk.Time.Advance(TimeSpan.FromMinutes(10));
        (await desk.Store.FindGuestsOverdueAsync(desk.Time.GetUtcNow(), Many)).Should().HaveCount(Many);

        await desk.Get<GuestSweep>().RunAsync(default);

        (await desk.Store.FindGuestsOverdueAsync(desk.Time.GetUtcNow(), Many)).Should().BeEmpty();
    }

    public void Dispose() => desk.Dispose();

    private static async Task MakeAsync(Func<Task> make)
    {
        for (var number = 0; number < Many; number++)
            await make();
    }

    private async Task<int> CountAsync(Func<SessionEvent, bool> isMeant) =>
        (await desk.Store.ReadEventsAsync(new() { Limit = 10_000 })).Events.Count(isMeant);
}

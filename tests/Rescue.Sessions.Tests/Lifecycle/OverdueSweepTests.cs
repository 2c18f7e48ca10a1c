using Rescue.Sessions.Deadlines;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Lifecycle;

public sealed class OverdueSweepTests
{
    [Fact]
    public async Task Run_OverdueSessions_RecordsEachOnceAtItsDeadline()
    {
        using var desk = new SupportDesk(options => options.Timeouts.Waiting = TimeSpan.FromMinutes(10));
        var (waiting, _, _) = await desk.WaitingAsync();
        for (var i = 0; i < 250; i++)
            await desk.CreateAsync();
        desk.Time.Advance(TimeSpan.FromMinutes(25));

        await Task.WhenAll(desk.Get<OverdueSweep>().RunAsync(default), desk.Get<OverdueSweep>().RunAsync(default));
        await desk.Get<OverdueSweep>().RunAsync(default);

        var events = (await desk.Store.ReadEventsAsync(new() { Limit = 10_000 })).Events.Where(e => e.Actor == SessionActor.Timer).ToArray();
        events.Should().HaveCount(251);
        events[0].Should().Match<SessionEvent>(e => e.Session == waiting && e.Trigger == SessionTrigger.WaitingTimeOut && e.At == SupportDesk.Morning.AddMinutes(10));
        events.Skip(1).Should().OnlyContain(e => e.Trigger == SessionTrigger.Expire && e.At == SupportDesk.Morning.AddMinutes(20));
    }

    [Fact]
    public async Task Run_WhatItRecords_IsWhatReadsAlreadySaid()
    {
        using var desk = new SupportDesk();
        var (session, _) = await desk.CreateAsync();
        desk.Time.Advance(TimeSpan.FromMinutes(30));
        var settled = await desk.FindAsync(session.Id);

        await desk.Get<OverdueSweep>().RunAsync(default);

        (await desk.FindAsync(session.Id)).Should().Be(settled with { Version = 2 });
    }
}

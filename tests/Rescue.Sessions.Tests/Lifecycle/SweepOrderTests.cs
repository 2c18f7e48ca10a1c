using Rescue.Sessions.Deadlines;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Lifecycle;

/// <summary>After a pause in which much became due at once, no sweep waits for what is another one's to do.</summary>
public sealed class SweepOrderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Run_APageOfWhatIsOverdueMeanwhile_Ends()
    {
        using var desk = new SupportDesk(options => options.Timeouts.Waiting = TimeSpan.FromMinutes(10));
        for (var i = 0; i < 200; i++)
        {
            await desk.CreateAsync();
            await desk.WaitingAsync();
        }

        desk.Time.Advance(TimeSpan.FromHours(2));

        await Task.Run(() => desk.Get<AlarmSweep>().RunAsync(default)).WaitAsync(Patience, TestContext.Current.CancellationToken);
        await Task.Run(() => desk.Get<SilenceSweep>().RunAsync(default)).WaitAsync(Patience, TestContext.Current.CancellationToken);
        await desk.Get<OverdueSweep>().RunAsync(default);

        (await desk.Directory.ListAsync(new() { Tenant = "default", Statuses = [SessionStatus.Connecting, SessionStatus.Waiting] })).Should().BeEmpty();
    }
}

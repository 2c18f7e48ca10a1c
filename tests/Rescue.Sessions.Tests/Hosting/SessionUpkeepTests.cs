using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Rescue.Sessions.Hosting;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Hosting;

public sealed class SessionUpkeepTests
{
    [Fact]
    public async Task Upkeep_TimePasses_RecordsTimeOuts()
    {
        using var desk = new SupportDesk();
        var (session, _) = await desk.CreateAsync();
        var upkeep = await StartAsync(desk);

        await Soon.PassUntilAsync(desk.Time, TimeSpan.FromMinutes(1), async () =>
            (await desk.Directory.FindDetailsAsync(desk.Ada, session.Id))!.History.Events.Any(e => e.Trigger == SessionTrigger.Expire));

        await upkeep.StopAsync(TestContext.Current.CancellationToken);
        upkeep.ExecuteTask!.Status.Should().Be(TaskStatus.RanToCompletion, "a host that stops because it could not start has one failure to tell of");
    }

    [Fact]
    public async Task Upkeep_UsedCodeTried_NotesItAfterASecondAndNotBefore()
    {
        using var desk = new SupportDesk();
        var (session, link) = await desk.CreateAsync();
        await desk.JoinAsync(link, "applet-1");
        var upkeep = await StartAsync(desk);

        await desk.Customers.JoinAsync(link.Token!, "applet-2");

        await Soon.PassUntilAsync(desk.Time, TimeSpan.FromMilliseconds(100), async () => (await desk.FindAsync(session.Id)).CodeTriedAt is not null);
        (await desk.FindAsync(session.Id)).CodeTriedAt.Should().BeOnOrAfter(SupportDesk.Morning.AddSeconds(1), "an answer must be gone by then");
        await upkeep.StopAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(nameof(ISessionStore.FindOverdueAsync))]
    [InlineData(nameof(ISessionStore.FindSilentAsync))]
    [InlineData(nameof(ISessionStore.FindAlarmsAsync))]
    [InlineData(nameof(ISessionStore.FindGuestsOverdueAsync))]
    [InlineData(nameof(ISessionStore.EraseAsync))]
    public async Task Upkeep_StoreThatLosesItsOwnPatience_IsAskedAgain(string question)
    {
        var (store, probe) = StoreProbe.Create();
        using var desk = new SupportDesk(register: services => services.AddSingleton(store));
        probe.Asked = name =>
        {
            if (name == question && probe.CallsOf(question) == 1)
                throw new TaskCanceledException("The driver waits for no longer.");
        };
        var upkeep = await StartAsync(desk);

        await Soon.PassUntilAsync(desk.Time, TimeSpan.FromSeconds(30), () => Task.FromResult(probe.CallsOf(question) > 1 || upkeep.ExecuteTask!.IsCompleted));

        probe.CallsOf(question).Should().BeGreaterThan(1);
        await upkeep.StopAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<SessionUpkeep> StartAsync(SupportDesk desk)
    {
        var upkeep = desk.Get<IEnumerable<IHostedService>>().OfType<SessionUpkeep>().Single();
        await upkeep.StartAsync(TestContext.Current.CancellationToken);
        return upkeep;
    }
}

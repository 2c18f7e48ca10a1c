using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Retention;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Retention;

public sealed class RetentionSweepTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(30, true)]
    [InlineData(31, true)]
    [InlineData(0, false)]
    public async Task Run_ConfiguredTimeAfterTheEnd_ErasesTheSession(int days, bool erased)
    {
        using var desk = new SupportDesk(options => options.Retention.Ended = TimeSpan.FromDays(days));
        var (ended, _) = await desk.CreateAsync();
        await desk.Technicians.CloseAsync(desk.Ada, ended.Id, Cancellation);

        desk.Time.Advance(TimeSpan.FromDays(days == 0 ? 1000 : days));
        await desk.Get<RetentionSweep>().RunAsync(Cancellation);
        (await desk.Directory.FindAsync(desk.Ada, ended.Id, Cancellation)).Should().NotBeNull("its time has not quite passed");

        desk.Time.Advance(TimeSpan.FromMilliseconds(1));
        await desk.Get<RetentionSweep>().RunAsync(Cancellation);
        (await desk.Directory.FindAsync(desk.Ada, ended.Id, Cancellation) is null).Should().Be(erased);
    }

    [Fact]
    public async Task Run_MoreThanOneBatch_ErasesAll()
    {
        using var desk = new SupportDesk();
        for (var i = 0; i < 450; i++)
            await desk.Technicians.CloseAsync(desk.Ada, (await desk.CreateAsync()).Session.Id, Cancellation);
        desk.Time.Advance(TimeSpan.FromDays(91));

        await desk.Get<RetentionSweep>().RunAsync(Cancellation);

        (await desk.Directory.ListAsync(new() { Tenant = desk.Ada.Tenant }, Cancellation)).Should().BeEmpty();
    }

    [Fact]
    public async Task Run_ManyThatEnded_ErasesThemInSmallSteps_BetweenWhichOthersWrite()
    {
        const int Ended = 420;
        const int LargestStep = 50;
        var (store, probe) = StoreProbe.Create();
        using var desk = new SupportDesk(register: services => services.AddSingleton(store));
        for (var i = 0; i < Ended; i++)
            await desk.Technicians.CloseAsync(desk.Ada, (await desk.CreateAsync()).Session.Id, Cancellation);
        desk.Time.Advance(TimeSpan.FromDays(91));
        var made = new List<Task>();
        probe.Asked = name =>
        {
            if (name == nameof(ISessionStore.EraseAsync))
                made.Add(desk.CreateAsync());
        };

        await desk.Get<RetentionSweep>().RunAsync(Cancellation);
        await Task.WhenAll(made);

        probe.Erasures.Should().OnlyContain(step => step.Limit <= LargestStep).And.HaveCountGreaterThanOrEqualTo(Ended / LargestStep);
        (await desk.Directory.ListAsync(new() { Tenant = desk.Ada.Tenant }, Cancellation)).Should().HaveCount(made.Count, "all that ended is gone, and nothing else");
    }

    [Fact]
    public async Task Erase_OneCustomer_LeavesOpenSessionsAndOtherCustomers()
    {
        using var desk = new SupportDesk();
        var ended = await desk.CreateAsync();
        await desk.Technicians.CloseAsync(desk.Ada, ended.Session.Id, Cancellation);
        var open = await desk.CreateAsync();
        await desk.Invitations.CreateAsync(desk.Ada, new("Somebody else"), null, Cancellation);

        (await desk.PersonalData.EraseAsync(desk.Ada, " grace hopper ", Cancellation)).Should().Be(new CustomerErasure.Done(1, 1));

        (await desk.Directory.ListAsync(new() { Tenant = desk.Ada.Tenant }, Cancellation)).Should().HaveCount(2);
        (await desk.FindAsync(open.Session.Id)).Should().NotBeNull();
    }

    [Fact]
    public async Task Erase_WithoutTheRight_IsForbidden()
    {
        using var desk = new SupportDesk();

        (await desk.PersonalData.EraseAsync(new("nobody", "Nobody"), "Grace", Cancellation)).Should().BeOfType<CustomerErasure.Refused>();
    }
}

using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Asking;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Permissions;

namespace Rescue.Sessions.Testing.Tests;

public sealed class RequestBuilderTests : IAsyncLifetime
{
    private readonly TestProduct product = new(support => support.Services.Configure<RescueSessionsOptions>(options =>
    {
        options.TenantRequests["closed"] = new();
        options.TenantRequests["strict"] = new() { IsEnabled = true, Email = RequestField.Required };
        options.Requests.Waiting = TimeSpan.FromMinutes(3);
    }));

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => product.DisposeAsync();

    [Fact]
    public async Task Connecting_IsNobodysSession()
    {
        var asked = await product.NewRequest("Alan Turing", "The tape is stuck.")
            .With(request => request with { Email = "alan@example.org", Reference = "T-42" }).ConnectingAsync(Cancelled);

        var now = await asked.NowAsync(Cancelled);
        now.CreatedBy.Should().BeNull();
        (now.CustomerName, now.Reference, now.Status).Should().Be(("Alan Turing", "T-42", SessionStatus.Connecting));
        now.Request.Should().Be(new Requests.CustomerRequest("The tape is stuck.", "alan@example.org"));
    }

    [Fact]
    public async Task Waiting_ForLongerThanSet_EndsByTheClockAlone()
    {
        var asked = await product.NewRequest().WaitingAsync(Cancelled);
        (await asked.NowAsync(Cancelled)).Status.Should().Be(SessionStatus.Waiting);

        await product.Clock.AdvanceAsync(TimeSpan.FromMinutes(4), Cancelled);

        (await asked.Customer.SessionAsync(Cancelled)).End.Should().Be(SessionEnd.WaitingTimedOut);
    }

    [Fact]
    public async Task Active_IsTheTechniciansWhoTookItUp()
    {
        var asked = await product.NewRequest().ActiveAsync(Cancelled);

        var now = await asked.NowAsync(Cancelled);
        (now.Status, now.Owner?.Id).Should().Be((SessionStatus.Active, product.Technician.Id));
    }

    [Fact]
    public async Task Active_OfATechnicianWithoutRights_SaysWhichIsMissing()
    {
        var take = () => product.NewRequest().Of(new("bob", "Bob")).ActiveAsync(Cancelled);

        await take.Should().ThrowAsync<TestFailedException>().WithMessage($"*{nameof(ConnectionRight.PrivateSessions)}*");
    }

    [Fact]
    public async Task Connecting_InAnotherTenant_IsInItsQueueAlone()
    {
        var eve = product.Technician with { Tenant = "globex" };

        var asked = await product.NewRequest().Of(eve).ConnectingAsync(Cancelled);

        (await asked.NowAsync(Cancelled)).Tenant.Should().Be("globex");
        (await product.Services.GetRequiredService<SessionDirectory>().FindAsync(product.Technician, asked.Id, Cancelled)).Should().BeNull();
    }

    [Fact]
    public async Task Connecting_WhereNobodyMayAsk_SaysWhatToSet()
    {
        var request = product.NewRequest().Of(product.Technician with { Tenant = "closed" });
        var ask = () => request.ConnectingAsync(Cancelled);

        (await request.TryAskAsync(Cancelled)).Should().BeOfType<AskResult.NotOffered>();
        await ask.Should().ThrowAsync<TestFailedException>().WithMessage("*Requests.IsEnabled*");
    }

    [Fact]
    public async Task TryAsk_WithoutWhatIsAskedFor_SaysWhichField()
    {
        var answer = await product.NewRequest().Of(product.Technician with { Tenant = "strict" }).TryAskAsync(Cancelled);

        answer.Should().BeOfType<AskResult.Refused>().Which.Reason.Should().BeOfType<Refusal.Invalid>().Which.Problems.Should().ContainSingle().Which.Field.Should().Be("email");
    }

    [Fact]
    public async Task Connecting_ManyTimes_MeetsNoLimit()
    {
        for (var request = 0; request < 60; request++)
            await product.NewRequest($"Customer {request}").ConnectingAsync(Cancelled);

        (await product.Services.GetRequiredService<SessionDirectory>().ListAsync(
            new() { Tenant = product.Technician.Tenant, Limit = 100 }, Cancelled)).Should().HaveCount(60);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;
}

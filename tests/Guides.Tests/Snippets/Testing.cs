using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions;
using Rescue.Sessions.Asking;
using Rescue.Sessions.Email;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Testing;

namespace Guides.Tests.Snippets;

/// <summary>The examples of docs/testing.md are tests themselves.</summary>
public sealed class Testing
{
    [Fact]
    public Task Customer_WhoLosesTheNetwork_IsReconnecting() => PackageReadmes.Testing();

    [Fact]
    public async Task Product_WithOptions_HasThem()
    {
        await using var product = new TestProduct(support => support.Services.Configure<RescueSessionsOptions>(options => options.Timeouts.Waiting = TimeSpan.FromMinutes(5)));

        var session = await product.NewSession().WaitingAsync();
        await product.Clock.AdvanceAsync(TimeSpan.FromMinutes(6));

        Assert.Equal(SessionEnd.WaitingTimedOut, (await session.NowAsync()).End);
    }

    [Fact]
    public async Task Link_AfterItsTime_IsNoLongerGood()
    {
        await using var product = new TestProduct();
        var session = await product.NewSession().ConnectingAsync();

        await product.Clock.AdvanceAsync(TimeSpan.FromMinutes(21));

        Assert.Equal(SessionStatus.Closed, (await session.NowAsync()).Status);
    }

    [Fact]
    public async Task Session_WithAReference_IsActive()
    {
        await using var product = new TestProduct();

        var session = await product.NewSession("Alan Turing").With(asked => asked with { Reference = "T-42" }).ActiveAsync();

        var now = await session.NowAsync();
        Assert.Equal(SessionStatus.Active, now.Status);
        Assert.Equal("T-42", now.Reference);
    }

    [Fact]
    public async Task Customer_WhoAsks_IsTakenUp()
    {
        await using var product = new TestProduct();

        var session = await product.NewRequest("Grace Hopper", "My screen stays black.").With(asked => asked with { Reference = "T-42" }).WaitingAsync();
        await product.Sessions.StartAsync(product.Technician, session.Id);

        Assert.Equal("My screen stays black.", (await session.Customer.SessionAsync()).Request!.Topic);
        Assert.Equal(SessionStatus.Active, (await session.NowAsync()).Status);
    }

    [Fact]
    public async Task Customer_WhoAsksWhereNobodyMay_IsRefused()
    {
        await using var product = new TestProduct(support => support.Services.Configure<RescueSessionsOptions>(options => options.Requests.IsEnabled = false));

        Assert.IsType<AskResult.NotOffered>(await product.NewRequest().TryAskAsync());
    }

    [Fact]
    public async Task Text_LeadsItsReaderToTheSession()
    {
        await using var product = new TestProduct();
        await product.NewSession("Grace Hopper").BySms("+49 30 901820").ConnectingAsync();
        var customer = product.Customer(product.Sms.SingleTo("+4930901820"));

        await customer.JoinAsync();
    }

    [Fact]
    public async Task MailServer_ThatRefuses_IsSeen()
    {
        await using var product = new TestProduct();

        product.Mail.AnswerWith(_ => new DispatchResult.Rejected(550, "5.1.1", "no such user"));
        var session = await product.NewSession().ByEmail("nobody@example.org").ConnectingAsync();
        Assert.Equal(InvitationState.Rejected, (await session.NowAsync()).Invitation!.State);
    }
}

using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Joining;
using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.Testing.Tests;

public sealed class ScriptedCustomerTests : IAsyncLifetime
{
    private readonly TestProduct product = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => product.DisposeAsync();

    [Fact]
    public async Task Customer_OfAMessage_GoesTheWholePath()
    {
        var session = await product.NewSession().ByEmail().ConnectingAsync(Cancelled);
        var customer = product.Customer(product.Mail.SingleTo("grace@example.org"));

        await customer.JoinAsync(Cancelled);
        (await customer.ReadyAsync("graces-pc", cancellationToken: Cancelled)).Status.Should().Be(SessionStatus.Waiting);
        await product.Sessions.StartAsync(product.Technician, session.Id, Cancelled);

        var seen = await product.Services.GetRequiredService<SessionDirectory>().FindDetailsAsync(product.Technician, session.Id, Cancelled);
        (await customer.SessionAsync(Cancelled)).Status.Should().Be(SessionStatus.Active);
        (await customer.HandOverAsync(Cancelled))!.Text.Should().Be(seen!.HandOver!.Text);
    }

    [Fact]
    public async Task Join_BySomebodyElse_IsRefused()
    {
        var session = await product.NewSession().WaitingAsync(Cancelled);
        var other = product.Customer(session.Customer.Link);

        (await other.TryJoinAsync(Cancelled)).Should().BeOfType<JoinResult.BadCode>();
        var join = () => other.JoinAsync(Cancelled);
        await join.Should().ThrowAsync<TestFailedException>().WithMessage("*AlreadyUsed*");
    }

    [Fact]
    public async Task Leave_EndsTheSession()
    {
        var session = await product.NewSession().WaitingAsync(Cancelled);

        await session.Customer.LeaveAsync(Cancelled);

        (await session.NowAsync(Cancelled)).End!.Value.Should().Be(SessionEnd.ByWaitingCustomer);
        (await session.Customer.SessionAsync(Cancelled)).Status.Should().Be(SessionStatus.Closed);
    }

    [Fact]
    public async Task Ready_WithoutJoining_IsAMistake()
    {
        var session = await product.NewSession().ConnectingAsync(Cancelled);
        var ready = () => session.Customer.ReadyAsync(cancellationToken: Cancelled);

        await ready.Should().ThrowAsync<InvalidOperationException>().WithMessage("*JoinAsync*");
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;
}

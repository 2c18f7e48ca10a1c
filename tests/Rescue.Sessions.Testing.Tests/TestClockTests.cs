using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.Testing.Tests;

public sealed class TestClockTests : IAsyncLifetime
{
    private readonly TestProduct product = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => product.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(59.5)]
    [InlineData(60 * 60 * 24 * 14)]
    public async Task Advance_MovesExactly(double seconds)
    {
        var before = product.Clock.Now;

        await product.Clock.AdvanceAsync(TimeSpan.FromSeconds(seconds), Cancelled);

        (product.Clock.Now - before).Should().Be(TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public async Task Advance_Backwards_IsAMistake()
    {
        var back = () => product.Clock.AdvanceAsync(TimeSpan.FromSeconds(-1), Cancelled);

        await back.Should().ThrowAsync<ArgumentOutOfRangeException>();
    }

    [Fact]
    public async Task Advance_PastTheCodesValidity_EndsTheSession_InItsHistoryToo()
    {
        var session = await product.NewSession().ConnectingAsync(Cancelled);

        await product.Clock.AdvanceAsync(TimeSpan.FromMinutes(21), Cancelled);

        (await session.NowAsync(Cancelled)).Status.Should().Be(SessionStatus.Closed);
        (await product.Services.GetRequiredService<SessionDirectory>().FindDetailsAsync(session.Technician, session.Id, Cancelled))!.History.Events[^1].To.Should().Be(SessionStatus.Closed);
    }

    [Theory]
    [InlineData(true, SessionStatus.Active)]
    [InlineData(false, SessionStatus.Offline)]
    public async Task Advance_WithACustomer_GoesByWhetherTheyAreHeard(bool isOnline, SessionStatus expected)
    {
        var session = await product.NewSession().ActiveAsync(Cancelled);
        session.Customer.IsOnline = isOnline;

        await product.Clock.AdvanceAsync(TimeSpan.FromMinutes(8), Cancelled);

        (await session.NowAsync(Cancelled)).Status.Should().Be(expected);
    }

    [Fact]
    public async Task Advance_AfterTheNetworkCameBack_IsAsBefore()
    {
        var session = await product.NewSession().ActiveAsync(Cancelled);
        session.Customer.IsOnline = false;
        await product.Clock.AdvanceAsync(TimeSpan.FromMinutes(1), Cancelled);
        (await session.NowAsync(Cancelled)).Status.Should().Be(SessionStatus.Reconnecting);

        session.Customer.IsOnline = true;
        await product.Clock.AdvanceAsync(TimeSpan.FromSeconds(2), Cancelled);

        (await session.NowAsync(Cancelled)).Status.Should().Be(SessionStatus.Active);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;
}

using Guides.Tests.Snippets;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions;
using Rescue.Sessions.Testing;

namespace Guides.Tests;

/// <summary>How docs/concepts.md lets a relay know whose secret it was given.</summary>
public sealed class RelayTests : IAsyncDisposable
{
    private readonly TestProduct product = new(support => support.Services
        .Configure<RescueSessionsOptions>(options => options.Technicians.OwnSessionsOnly = true).AddSingleton<Relay>());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => product.DisposeAsync();

    [Fact]
    public async Task Secret_OfAnActiveSession_IsThatSessionsAlone()
    {
        var session = await product.NewSession().ActiveAsync();
        var other = await product.NewSession("Alan Turing").ActiveAsync();
        var secret = (await session.Customer.HandOverAsync(Cancellation))!.Text;

        (await IsSecretOfAsync(session.Id, secret)).Should().BeTrue();
        (await IsSecretOfAsync(session.Id, secret[1..])).Should().BeFalse();
        (await IsSecretOfAsync(other.Id, secret)).Should().BeFalse();
        (await IsSecretOfAsync((await product.NewSession().WaitingAsync()).Id, secret)).Should().BeFalse();
    }

    [Fact]
    public async Task Secret_OfASessionThatIsNoLongerActive_IsNoMore()
    {
        var session = await product.NewSession().ActiveAsync();
        var secret = (await session.Customer.HandOverAsync(Cancellation))!.Text;

        await product.Sessions.HoldAsync(product.Technician, session.Id, Cancellation);

        (await IsSecretOfAsync(session.Id, secret)).Should().BeFalse();
    }

    private Task<bool> IsSecretOfAsync(SessionId session, string secret) => product.Services.GetRequiredService<Relay>().IsSecretOfAsync(session, secret, Cancellation);
}

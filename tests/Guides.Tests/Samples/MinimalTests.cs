using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Testing;

namespace Guides.Tests.Samples;

/// <summary>samples/Minimal, which is the README's example, as it stands.</summary>
public sealed class MinimalTests : IAsyncDisposable
{
    private readonly WebApplicationFactory<Program> factory = new WebApplicationFactory<Program>().WithWebHostBuilder(
        builder => builder.ConfigureTestServices(services => services.AddRescueSessionsTesting()));

    public ValueTask DisposeAsync() => factory.DisposeAsync();

    [Fact]
    public async Task Example_MailsInItsOwnName_AndGoesTheWholePath()
    {
        var product = TestProduct.Of(factory.Services, new Technician("ada", "Ada Lovelace") { Groups = ["support"] });

        var session = await product.NewSession().ByEmail("grace@example.org").ActiveAsync();

        var message = product.Mail.SingleTo("grace@example.org");
        (message.From.Address, message.From.DisplayName).Should().Be(("support@acme.example", "Ada Lovelace, Acme Support"));
        message.Link.Should().Be(session.Customer.Link.ToUri()).And.Match<Uri>(link => link.Host == "help.acme.example");
        (await session.NowAsync()).Status.Should().Be(SessionStatus.Active);
    }

    [Fact]
    public async Task Customer_WhoSleeps_FindsTheLinkGone()
    {
        var product = TestProduct.Of(factory.Services, new Technician("ada", "Ada Lovelace") { Groups = ["support"] });
        var session = await product.NewSession().ConnectingAsync();

        await product.Clock.AdvanceAsync(TimeSpan.FromMinutes(20));

        (await session.Customer.TryJoinAsync()).Should().BeOfType<Rescue.Sessions.Joining.JoinResult.BadCode>();
    }
}

using Guides.Tests.Snippets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Rescue.Sessions;

namespace Guides.Tests;

/// <summary>What the guides give for one's own machine starts there.</summary>
public sealed class OwnMachineTests
{
    [Fact]
    public void Organization_OfTheGuide_PassesTheChecksOfTheStart()
    {
        var services = new ServiceCollection();
        services.AddRescueSessions(options =>
        {
            GettingStarted.Address(options);
            Tenants.OnOwnMachine(options);
        }).AddEmail(options => options.SenderAddress = "support@acme.example");
        using var provider = services.BuildServiceProvider();

        provider.GetRequiredService<IOptions<RescueSessionsOptions>>().Value.Organizations["globex"].PublicBaseUri.Should().Be(new Uri("http://globex.localhost:5000/"));
    }
}

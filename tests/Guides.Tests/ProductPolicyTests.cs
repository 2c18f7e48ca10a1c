using Guides.Tests.Snippets;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Testing;
using Rescue.Sessions.Webhooks;

namespace Guides.Tests;

/// <summary>The policy of docs/permissions.md, by which the product itself acts.</summary>
public sealed class ProductPolicyTests : IAsyncDisposable
{
    private readonly TestProduct product = new(support => support.AddWebhooks().Services
        .AddSingleton<PermissionPolicy, ProductPolicy>()
        .Configure<RescueSessionsOptions>(options => options.Technicians.OwnSessionsOnly = true));

    public ValueTask DisposeAsync() => product.DisposeAsync();

    [Fact]
    public async Task Product_AfterAnAdministratorHasWrittenTheGroupsAnew_StillActs()
    {
        var session = await product.NewSession().ActiveAsync();
        var settings = product.Services.GetRequiredService<SupportSettings>();
        (await settings.SaveGroupsAsync(
            product.Technician, [new() { Name = "all rights", Grants = [ConnectionRight.ManageSettings] }], cancellationToken: TestContext.Current.CancellationToken))
            .Should().BeOfType<SettingsSave.Saved>();
        await product.Clock.AdvanceAsync(TimeSpan.FromSeconds(2));

        var closed = await Permissions.ActAsync(
            product.Sessions, product.Services.GetRequiredService<SupportWebhooks>(), Technician.DefaultTenant, session.Id,
            new() { Url = "https://acme.example/hook" }, TestContext.Current.CancellationToken);

        closed.Should().BeOfType<SessionResult.Done>().Which.Session.Status.Should().Be(SessionStatus.Closed);
    }

    [Fact]
    public async Task Everybody_Else_HasWhatTheirGroupsGive()
    {
        var session = await product.NewSession().ConnectingAsync();

        var refused = await product.Sessions.CloseAsync(new Technician("mallory", "Help desk"), session.Id, TestContext.Current.CancellationToken);

        refused.Should().NotBeOfType<SessionResult.Done>();
    }
}

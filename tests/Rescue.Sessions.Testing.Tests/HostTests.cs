using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Rescue.Sessions.Hosting;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Outbox;

namespace Rescue.Sessions.Testing.Tests;

/// <summary>A host that has everything of its own, and is made one that tests can drive.</summary>
public sealed class HostTests
{
    private static readonly Technician Ada = new("ada", "Ada") { Groups = ["support"] };

    [Fact]
    public async Task Host_WithTesting_SendsAndEndsByTheClockAlone()
    {
        using var host = Build(services => services.AddRescueSessionsTesting());
        await host.StartAsync(TestContext.Current.CancellationToken);
        var product = TestProduct.Of(host.Services, Ada);

        var session = await product.NewSession().ByEmail().ConnectingAsync(TestContext.Current.CancellationToken);
        product.Mail.SingleTo("grace@example.org").From.Address.Should().Be("support@acme.example");
        await product.Clock.AdvanceAsync(TimeSpan.FromHours(1), TestContext.Current.CancellationToken);

        (await session.NowAsync(TestContext.Current.CancellationToken)).Status.Should().Be(SessionStatus.Closed);
    }

    [Fact]
    public void Host_WithTesting_RunsNothingInTheBackground()
    {
        using var host = Build(services => services.AddRescueSessionsTesting().AddRescueSessionsTesting());

        host.Services.GetServices<IHostedService>().Should().NotContain(service => service is OutboxPump || service is SessionUpkeep).And.NotBeEmpty();
    }

    [Fact]
    public void Testing_BeforeTheLibrary_SaysWhatToDo()
    {
        var add = () => new ServiceCollection().AddRescueSessionsTesting();

        add.Should().Throw<InvalidOperationException>().WithMessage("*AddRescueSessions*");
    }

    [Fact]
    public void Of_AHostWithoutTesting_SaysWhatToDo()
    {
        using var host = Build(_ => { });
        var of = () => TestProduct.Of(host.Services, Ada);

        of.Should().Throw<InvalidOperationException>().WithMessage("*AddRescueSessionsTesting*");
    }

    private static IHost Build(Action<IServiceCollection> configure)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services
            .AddRescueSessions(options =>
            {
                options.Codes.PublicBaseUri = new Uri("https://help.acme.example/");
                options.Permissions.Groups.Add(new() { Name = "support", Grants = [.. Enum.GetValues<Permissions.ConnectionRight>()] });
            })
            .AddEmail(options => options.SenderAddress = "support@acme.example")
            .UseSmtp(options => options.Host = "smtp.acme.example");
        configure(builder.Services);
        return builder.Build();
    }
}

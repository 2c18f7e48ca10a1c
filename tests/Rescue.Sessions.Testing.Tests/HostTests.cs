using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Rescue.Sessions.Hosting;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Limits;
using Rescue.Sessions.Outbox;
using Rescue.Sessions.Settings;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Subscriptions;
using Rescue.Sessions.Webhooks.Storage;

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

    /// <summary>The clock ends and erases what is stored, and other processes on the same database would send what a test has asked for.</summary>
    [Fact]
    public void Host_WithAStoreOfItsOwn_IsTestedInMemory()
    {
        using var host = Build(services =>
        {
            Refuse<ISessionStore>(services);
            Refuse<ISettingsStore>(services);
            Refuse<ILimitStore>(services);
            Refuse<ISubscriptionStore>(services);
            Refuse<IWebhookStore>(services);
            services.AddRescueSessionsTesting();
        });

        host.Services.GetRequiredService<ISessionStore>().Should().BeOfType<InMemorySessionStore>();
        host.Services.GetRequiredService<IDeadlineStore>().Should().BeOfType<InMemorySessionStore>();
        foreach (var store in new[] { typeof(ISettingsStore), typeof(ILimitStore), typeof(ISubscriptionStore), typeof(IWebhookStore) })
            host.Services.GetRequiredService(store).GetType().Assembly.Should().BeSameAs(typeof(ISessionStore).Assembly);
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

    private static void Refuse<TStore>(IServiceCollection services)
        where TStore : class =>
        services.Replace(ServiceDescriptor.Singleton<TStore>(_ => throw new InvalidOperationException("The host's own store must not be touched.")));

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

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Rescue.Sessions.Hosting;
using Rescue.Sessions.Outbox;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Settings;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Hosting;

public sealed class RescueSessionsServiceCollectionExtensionsTests
{
    [Fact]
    public void AddRescueSessions_Twice_GivesOneOfEach()
    {
        var services = new ServiceCollection();
        services.AddRescueSessions(Fit);
        services.AddRescueSessions(options => options.Codes.PinLength = 9).Services.Should().BeSameAs(services);
        using var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

        provider.GetServices<SupportSessions>().Should().ContainSingle();
        provider.GetServices<CustomerSessions>().Should().ContainSingle();
        provider.GetServices<ISessionStore>().Should().ContainSingle().Which.Should().BeOfType<InMemorySessionStore>();
        provider.GetServices<IHostedService>().Select(service => service.GetType()).Should().Equal(typeof(KeyRingCheck), typeof(SessionUpkeep), typeof(OutboxPump));
    }

    [Fact]
    public void AddRescueSessions_WhatTheHostRegistered_Stays()
    {
        var store = new InMemorySessionStore();
        var time = new FakeTimeProvider();
        var policy = new GroupPermissionPolicy(new(new InMemorySettingsStore(), time), new FixedOptions(new()), NullLogger.Instance);
        var services = new ServiceCollection();
        services.AddSingleton<ISessionStore>(store).AddSingleton<TimeProvider>(time).AddSingleton<PermissionPolicy>(policy);

        services.AddRescueSessions(Fit);

        using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<ISessionStore>().Should().BeSameAs(store);
        provider.GetRequiredService<TimeProvider>().Should().BeSameAs(time);
        provider.GetRequiredService<PermissionPolicy>().Should().BeSameAs(policy);
    }

    [Fact]
    public async Task Host_UnfitOptions_DoesNotStartAndSaysWhy()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddRescueSessions();
        using var host = builder.Build();

        await host.Invoking(h => h.StartAsync()).Should().ThrowAsync<Microsoft.Extensions.Options.OptionsValidationException>()
            .WithMessage("*Codes.PublicBaseUri*");
    }

    private static void Fit(RescueSessionsOptions options) => options.Codes.PublicBaseUri = new("https://help.example.org/");
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Rescue.Sessions.EntityFrameworkCore.Tests.Nodes;
using Rescue.Sessions.Limits;
using Rescue.Sessions.Settings;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Subscriptions;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Hosting;

/// <summary>A host whose tests keep its sessions in memory.</summary>
public sealed class UnusedDatabaseTests
{
    [Fact]
    public async Task Start_WithSessionsInMemory_AsksTheDatabaseNothing()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services
            .AddRescueSessions(options =>
            {
                options.Codes.PublicBaseUri = new("https://help.example.org/");
                options.Codes.Keys.Add(Node.KeyA);
            })
            .UseEntityFrameworkCore(options => options.UseNpgsql("Host=127.0.0.1;Port=1;Database=none"));
        var inMemory = new ServiceCollection().AddRescueSessions(_ => { }).Services;
        foreach (var store in new[] { typeof(ISessionStore), typeof(ISettingsStore), typeof(ILimitStore), typeof(ISubscriptionStore) })
            builder.Services.Replace(inMemory.Single(service => service.ServiceType == store));
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider());
        using var host = builder.Build();

        var starting = () => host.StartAsync(TestContext.Current.CancellationToken);

        await starting.Should().NotThrowAsync();
        await host.StopAsync(TestContext.Current.CancellationToken);
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Rescue.Sessions.Outbox;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Subscriptions;
using Rescue.Sessions.Tests.Subscriptions;
using Rescue.Sessions.Tests.Support;
using Rescue.Sessions.Webhooks.Deliveries;
using Rescue.Sessions.Webhooks.Storage;

namespace Rescue.Sessions.Tests.Outbox;

public sealed class PumpServiceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(OutboxPump))]
    [InlineData(nameof(WebhookPump))]
    [InlineData(nameof(SubscriptionPump))]
    public async Task Pump_HostBeginsToStop_EndsBeforeItsTurn(string name)
    {
        using var desk = Desk();
        var pump = Pump(desk, name);
        await pump.StartAsync(Cancellation);

        foreach (var service in desk.Get<IEnumerable<IHostedService>>().OfType<IHostedLifecycleService>())
            await service.StoppingAsync(Cancellation);

        var end = async () => await pump.ExecuteTask!.WaitAsync(Patience, Cancellation);
        await end.Should().NotThrowAsync("others may take all the time that there is for stopping");
        await pump.StopAsync(Cancellation);
    }

    [Theory]
    [InlineData(nameof(OutboxPump))]
    [InlineData(nameof(WebhookPump))]
    [InlineData(nameof(SubscriptionPump))]
    public async Task Pump_StoreFailsAtTheMomentOfStopping_EndsInOrder(string name)
    {
        var (sessions, claims) = StoppedStore.Create<ISessionStore>(new InMemorySessionStore(), nameof(ISessionStore.ClaimAsync));
        var (webhooks, looks) = StoppedStore.Create<IWebhookStore>(new InMemoryWebhookStore(), nameof(IWebhookStore.FindDueAsync));
        var (subscriptions, takes) = StoppedStore.Create<ISubscriptionStore>(new InMemorySubscriptionStore(), nameof(ISubscriptionStore.TryTakeAsync));
        using var desk = Desk(services => services.AddSingleton(sessions).AddSingleton(webhooks).AddSingleton(subscriptions));
        var pump = Pump(desk, name);
        await pump.StartAsync(Cancellation);
        await (name switch
        {
            nameof(OutboxPump) => claims,
            nameof(WebhookPump) => looks,
            _ => takes,
        }).Asked.WaitAsync(Patience, Cancellation);

        await pump.StopAsync(Cancellation);

        pump.ExecuteTask!.IsCompletedSuccessfully.Should().BeTrue("what is under way is waited for and given back whatever the store says");
    }

    private static SupportDesk Desk(Action<IServiceCollection>? register = null) => new(register: services =>
    {
        register?.Invoke(services);
        services.AddSingleton(new SubscriberProbe());
        services.AddRescueSessions().AddWebhooks().AddSessionSubscription<CrmSubscriber>("crm");
    });

    private static BackgroundService Pump(SupportDesk desk, string name) =>
        desk.Get<IEnumerable<IHostedService>>().OfType<BackgroundService>().Single(service => service.GetType().Name == name);
}

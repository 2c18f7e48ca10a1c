using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Webhooks;
using Rescue.Sessions.Webhooks.Administration;
using Rescue.Sessions.Webhooks.Deliveries;
using Rescue.Sessions.Webhooks.Settings;
using Rescue.Sessions.Webhooks.Storage;
using Rescue.Sessions.Webhooks.Transport;

namespace Rescue.Sessions.Hosting;

/// <summary>The services of webhooks.</summary>
internal static class WebhookRegistration
{
    public static void Add(IServiceCollection services, Action<WebhookOptions>? configure)
    {
        var options = services.AddOptions<WebhookOptions>().ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
        if (services.Any(service => service.ServiceType == typeof(SupportWebhooks)))
            return;
        services.TryAddSingleton<IWebhookStore>(provider => InMemoryWebhookStore.Beside(provider.GetRequiredService<ISessionStore>()));
        services.TryAddSingleton<ResolveHost>((host, cancellation) => System.Net.Dns.GetHostAddressesAsync(host, cancellation));
        services.TryAddSingleton<WebhookConnector>();
        services.TryAddSingleton<WebhookClient>();
        services.TryAddSingleton<WebhookDirectory>();
        services.TryAddSingleton<WebhookSignal>();
        services.TryAddSingleton<WebhookQueue>();
        services.TryAddSingleton<WebhookSender>();
        services.TryAddSingleton<WebhookChanges>();
        services.TryAddSingleton<WebhookLimits>();
        services.TryAddSingleton(provider => new SupportWebhooks(
            provider.GetRequiredService<WebhookDirectory>(),
            provider.GetRequiredService<WebhookChanges>(),
            provider.GetRequiredService<WebhookClient>(),
            provider.GetRequiredService<IWebhookStore>(),
            provider.GetRequiredService<WebhookSignal>(),
            provider.GetRequiredService<WebhookLimits>(),
            provider.GetRequiredService<PermissionPolicy>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WebhookOptions>, WebhookOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, WebhookSealing>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, WebhookPump>());
        // Queueing is a write that others join, and is not worth waiting for one after the other.
        SubscriptionRegistration.Add<WebhookSubscriber>(services, WebhookSubscriber.Name, subscription => subscription.Concurrency = 64);
    }
}

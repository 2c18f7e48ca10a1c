using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Hosting;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Subscriptions;
using Rescue.Sessions.Telemetry;
using Rescue.Sessions.Webhooks;
using Rescue.Sessions.Webhooks.Deliveries;
using Rescue.Sessions.Webhooks.Settings;
using Rescue.Sessions.Webhooks.Storage;
using Rescue.Sessions.Webhooks.Transport;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds webhooks.</summary>
public static class WebhookBuilderExtensions
{
    /// <summary>
    /// Lets the administrators of each tenant have what happens to its sessions posted to receivers of their own, by the Standard Webhooks rules: signed, in order per
    /// session, at least once, and again after failures. Their door is <see cref="SupportWebhooks"/>, and below <c>/rescue/settings/webhooks</c> where the
    /// endpoints are mapped.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets the options; they are checked when the host starts.</param>
    public static RescueSessionsBuilder AddWebhooks(this RescueSessionsBuilder builder, Action<WebhookOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        var options = services.AddOptions<WebhookOptions>().ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
        if (services.Any(service => service.ServiceType == typeof(SupportWebhooks)))
            return builder;
        services.TryAddSingleton<IWebhookStore>(provider => InMemoryWebhookStore.Beside(provider.GetRequiredService<ISessionStore>()));
        services.TryAddSingleton<ResolveHost>((host, cancellation) => System.Net.Dns.GetHostAddressesAsync(host, cancellation));
        services.TryAddSingleton<WebhookConnector>();
        services.TryAddSingleton<WebhookClient>();
        services.TryAddSingleton<WebhookDirectory>();
        services.TryAddSingleton<WebhookSignal>();
        services.TryAddSingleton<WebhookQueue>();
        services.TryAddSingleton<WebhookSender>();
        services.TryAddSingleton(provider => new SupportWebhooks(
            provider.GetRequiredService<WebhookDirectory>(),
            provider.GetRequiredService<WebhookClient>(),
            provider.GetRequiredService<IWebhookStore>(),
            provider.GetRequiredService<WebhookSignal>(),
            provider.GetRequiredService<PermissionPolicy>(),
            provider.GetRequiredService<IOptionsMonitor<WebhookOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<SessionTelemetry>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WebhookOptions>, WebhookOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, WebhookPump>());
        // Queueing is a write that others join, and is not worth waiting for one after the other.
        return builder.AddSessionSubscription<WebhookSubscriber>(WebhookSubscriber.Name, subscription => subscription.Concurrency = 64);
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Applet.Transport;

namespace Rescue.Sessions.Applet.Hosting;

/// <summary>Registers the customer's side of support sessions.</summary>
public static class SupportAppletServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="SupportApplet"/> as a typed client. Its options are checked at start, and a <see cref="TimeProvider"/> of the
    /// host is used where there is one.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets options.</param>
    /// <returns>The client's builder, for a proxy or a handler of the host's own.</returns>
    public static IHttpClientBuilder AddSupportApplet(this IServiceCollection services, Action<SupportAppletOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);

        services.AddOptions<SupportAppletOptions>().Configure(options => configure?.Invoke(options)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SupportAppletOptions>, SupportAppletOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);

        return services
            .AddHttpClient(nameof(SupportApplet))
            // Each attempt has its own limit, and an event stream must be free to last for hours.
            .ConfigureHttpClient(client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(SupportApplet.CreateHandler)
            .AddTypedClient((client, provider) => new SupportApplet(
                client,
                provider.GetRequiredService<IOptions<SupportAppletOptions>>().Value,
                provider.GetRequiredService<TimeProvider>()));
    }
}

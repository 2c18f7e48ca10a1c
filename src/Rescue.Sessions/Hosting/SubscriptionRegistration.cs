using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Subscriptions;

namespace Rescue.Sessions.Hosting;

/// <summary>The services of one durable subscription.</summary>
internal static class SubscriptionRegistration
{
    public static void Add<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
        IServiceCollection services, string name, Action<SubscriptionOptions>? configure)
        where THandler : class, ISessionSubscriber
    {
        if (!Subscription.IsName(name))
            throw new ArgumentException($"'{name}' is no name of a subscription. Use 1 to {Subscription.MaxNameLength} letters, digits, '-', '_' and '.'.", nameof(name));
        if (services.Any(service => service.ImplementationInstance is Subscription other && other.Name == name))
            throw new ArgumentException($"There is a subscription '{name}' already. Give each a name of its own.", nameof(name));
        services.TryAddScoped<THandler>();
        services.AddSingleton(Subscription.Of<THandler>(name));
        var options = services.AddOptions<SubscriptionOptions>(name).ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SubscriptionOptions>, SubscriptionOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SubscriptionPump>());
    }
}

using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Hosting;
using Rescue.Sessions.Subscriptions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds durable subscriptions to what happens.</summary>
public static class SessionSubscriptionBuilderExtensions
{
    /// <summary>
    /// Lets a handler act on everything that happens to the sessions of all tenants. One node at a time works the subscription; how far it has come is stored,
    /// so that nothing is left out when a process ends, and each event is handled at least once, in order per session. One that fails is tried again, later and
    /// later, and is parked in the end (<see cref="SessionSubscriptions"/>); it holds up those of its session alone, and a slow handler no other subscription.
    /// </summary>
    /// <typeparam name="THandler">The handler; registered as a scoped service unless the host has registered it already.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="name">
    /// The subscription's name, under which the store knows it: 1 to 64 ASCII letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, the same at each start. Another
    /// name is another subscription, which begins anew.
    /// </param>
    /// <param name="configure">Sets its options; they are checked when the host starts.</param>
    /// <exception cref="ArgumentException">The name is none, or there is a subscription of this name.</exception>
    public static RescueSessionsBuilder AddSessionSubscription<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
        this RescueSessionsBuilder builder, string name, Action<SubscriptionOptions>? configure = null)
        where THandler : class, ISessionSubscriber
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        if (!Subscription.IsName(name))
            throw new ArgumentException($"'{name}' is no name of a subscription. Use 1 to {Subscription.MaxNameLength} letters, digits, '-', '_' and '.'.", nameof(name));
        var services = builder.Services;
        if (services.Any(service => service.ImplementationInstance is Subscription other && other.Name == name))
            throw new ArgumentException($"There is a subscription '{name}' already. Give each a name of its own.", nameof(name));
        services.TryAddScoped<THandler>();
        services.AddSingleton(Subscription.Of<THandler>(name));
        var options = services.AddOptions<SubscriptionOptions>(name).ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SubscriptionOptions>, SubscriptionOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SubscriptionPump>());
        return builder;
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Subscriptions;

namespace Rescue.Sessions.Reliability.Nodes.Weaknesses;

internal static class WeaknessServiceCollectionExtensions
{
    /// <summary>Takes the defence away from the registered store.</summary>
    public static void Weaken(this IServiceCollection services, Weakness weakness)
    {
        if (weakness == Weakness.ForgetfulSubscriptions)
        {
            var stored = services.Last(service => service.ServiceType == typeof(ISubscriptionStore)).ImplementationType!;
            services.Replace(ServiceDescriptor.Singleton<ISubscriptionStore>(provider => new ForgetfulSubscriptionStore(
                (ISubscriptionStore)ActivatorUtilities.CreateInstance(provider, stored), provider.GetRequiredService<ISessionStore>())));
        }

        Func<ISessionStore, ISessionStore>? weaken = weakness switch
        {
            Weakness.LoadThenSave => store => new LoadThenSaveStore(store),
            Weakness.MailInMemory => store => new MailInMemoryStore(store),
            Weakness.FormerPins => store => new FormerPinStore(store),
            _ => null,
        };
        if (weaken is null)
            return;
        var strong = services.Last(service => service.ServiceType == typeof(ISessionStore)).ImplementationType!;
        services.Replace(ServiceDescriptor.Singleton(provider => weaken((ISessionStore)ActivatorUtilities.CreateInstance(provider, strong))));
    }
}

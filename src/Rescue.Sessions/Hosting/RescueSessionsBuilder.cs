using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Sms;
using Rescue.Sessions.Subscriptions;
using Rescue.Sessions.Webhooks;

namespace Rescue.Sessions.Hosting;

/// <summary>What <c>AddRescueSessions</c> returns: what a host may add to it; the other packages extend it.</summary>
public sealed class RescueSessionsBuilder
{
    internal RescueSessionsBuilder(IServiceCollection services) => Services = services;

    /// <summary>The services of the host.</summary>
    public IServiceCollection Services { get; }

    /// <summary>
    /// Adds <see cref="SmsInvitations"/>, and the member <c>sms</c> of <c>POST /rescue/sessions</c> where the endpoints are mapped. Texts go by the
    /// <see cref="ISmsDispatcher"/> that the host has registered; of several, the last.
    /// </summary>
    public RescueSessionsBuilder AddSms()
    {
        SmsRegistration.Add(Services);
        return this;
    }

    /// <summary>The same, with a dispatcher that is made once with the host's services.</summary>
    /// <typeparam name="TDispatcher">The dispatcher.</typeparam>
    public RescueSessionsBuilder AddSms<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TDispatcher>()
        where TDispatcher : class, ISmsDispatcher
    {
        Services.AddSingleton<ISmsDispatcher, TDispatcher>();
        return AddSms();
    }

    /// <summary>
    /// Lets the administrators of each tenant have what happens to its sessions posted to receivers of their own, by the Standard Webhooks rules: signed, in order per
    /// session, at least once, and again after failures. Their door is <see cref="SupportWebhooks"/>, and below <c>/rescue/settings/webhooks</c> where the
    /// endpoints are mapped.
    /// </summary>
    /// <param name="configure">Sets the options; they are checked when the host starts.</param>
    public RescueSessionsBuilder AddWebhooks(Action<WebhookOptions>? configure = null)
    {
        WebhookRegistration.Add(Services, configure);
        return this;
    }

    /// <summary>
    /// Lets a handler act on everything that happens to the sessions of all tenants. One node at a time works the subscription; how far it has come is stored,
    /// so that nothing is left out when a process ends, and each event is handled at least once, in order per session. One that fails is tried again, later and
    /// later, and is parked in the end (<see cref="SessionSubscriptions"/>); it holds up those of its session alone, and a slow handler no other subscription.
    /// </summary>
    /// <typeparam name="THandler">The handler; registered as a scoped service unless the host has registered it already.</typeparam>
    /// <param name="name">
    /// The subscription's name, under which the store knows it: 1 to 64 ASCII letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, the same at each start. Another
    /// name is another subscription, which begins anew.
    /// </param>
    /// <param name="configure">Sets its options; they are checked when the host starts.</param>
    /// <exception cref="ArgumentException">The name is none, or there is a subscription of this name.</exception>
    public RescueSessionsBuilder AddSessionSubscription<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
        string name, Action<SubscriptionOptions>? configure = null)
        where THandler : class, ISessionSubscriber
    {
        ArgumentNullException.ThrowIfNull(name);
        SubscriptionRegistration.Add<THandler>(Services, name, configure);
        return this;
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Subscriptions;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Subscriptions;

/// <summary>One node of a product with the subscription "crm", and on demand the subscription "billing".</summary>
internal sealed class SubscriptionNode : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public SubscriptionNode(
        ISessionStore? sessions = null,
        ISubscriptionStore? subscriptions = null,
        Action<SubscriptionOptions>? configure = null,
        bool billing = false)
    {
        Desk = new(register: services =>
        {
            services.AddSingleton(sessions ?? new InMemorySessionStore());
            services.AddSingleton(subscriptions ?? new InMemorySubscriptionStore());
            services.AddSingleton(Crm);
            services.AddKeyedSingleton("billing", Billing);
            var builder = services.AddRescueSessions().AddSessionSubscription<CrmSubscriber>("crm", configure);
            if (billing)
                builder.AddSessionSubscription<BillingSubscriber>("billing");
        });
        Pump = Desk.Get<IEnumerable<IHostedService>>().OfType<SubscriptionPump>().Single();
    }

    public SupportDesk Desk { get; }

    public SubscriberProbe Crm { get; } = new();

    public SubscriberProbe Billing { get; } = new();

    public SubscriptionPump Pump { get; }

    public SessionSubscriptions Parked => Desk.Get<SessionSubscriptions>();

    /// <summary>Waits without letting time pass.</summary>
    public static Task UntilAsync(Func<bool> holds) => UntilAsync(() => Task.FromResult(holds()));

    public static async Task UntilAsync(Func<Task<bool>> holds)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            TimeProvider.System.GetElapsedTime(began).Should().BeLessThan(Patience, "the condition should hold by now");
            await Task.Yield();
        }
    }

    /// <summary>Lets time pass until a condition holds.</summary>
    public Task PassUntilAsync(Func<bool> holds) => PassUntilAsync(() => Task.FromResult(holds()));

    public Task PassUntilAsync(Func<Task<bool>> holds) => Soon.PassUntilAsync(Desk.Time, TimeSpan.FromMilliseconds(100), holds);

    public Task PassCarefullyUntilAsync(Func<Task<bool>> holds) => Soon.PassCarefullyUntilAsync(Desk.Time, TimeSpan.FromMilliseconds(100), holds);

    public void Dispose() => Desk.Dispose();
}

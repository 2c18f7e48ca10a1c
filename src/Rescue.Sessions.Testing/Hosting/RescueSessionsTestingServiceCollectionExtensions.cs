using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Rescue.Sessions.Applets;
using Rescue.Sessions.Deadlines;
using Rescue.Sessions.Email;
using Rescue.Sessions.Guessing;
using Rescue.Sessions.Hosting;
using Rescue.Sessions.Limits;
using Rescue.Sessions.Outbox;
using Rescue.Sessions.Retention;
using Rescue.Sessions.Settings;
using Rescue.Sessions.Sms;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Subscriptions;
using Rescue.Sessions.Testing;
using Rescue.Sessions.Webhooks.Storage;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Makes a host one that tests can drive.</summary>
public static class RescueSessionsTestingServiceCollectionExtensions
{
    /// <summary>
    /// Gives a host a <see cref="TestClock"/> and <see cref="CapturedMail"/> and <see cref="CapturedSms"/> instead of the time, the mail server and the gateway, and lets nothing of the library run in the
    /// background but when the clock is told so. Sessions, settings, limits, subscriptions and webhooks are kept in memory, whatever stores the host has. Call it last, for instance in <c>ConfigureTestServices</c>.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="now">What the clock shows at first; null for now, so that browsers keep cookies.</param>
    /// <param name="keepStores">
    /// Whether the host's own stores stay. Their database must then be the test's alone: the clock ends and erases what is in it, and another process on it would send what the test has asked for.
    /// </param>
    /// <exception cref="InvalidOperationException">The host has no Rescue.Sessions yet.</exception>
    public static IServiceCollection AddRescueSessionsTesting(this IServiceCollection services, DateTimeOffset? now = null, bool keepStores = false)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(service => service.ServiceType == typeof(TestClock)))
            return services;
        ServiceDescriptor[] background = [.. services.Where(service =>
            service.ServiceType == typeof(IHostedService) && (service.ImplementationType == typeof(OutboxPump) || service.ImplementationType == typeof(SessionUpkeep)))];
        if (background.Length == 0)
            throw new InvalidOperationException("There is nothing to test yet. Call AddRescueSessions before AddRescueSessionsTesting.");
        foreach (var service in background)
            services.Remove(service);
        if (!keepStores)
            KeepInMemory(services);

        var time = new FakeTimeProvider(now ?? TimeProvider.System.GetUtcNow());
        services.AddSingleton<TimeProvider>(time);
        services.AddSingleton<CapturedMail>(_ => new());
        services.AddSingleton<IEmailDispatcher>(provider => provider.GetRequiredService<CapturedMail>());
        services.AddSingleton<CapturedSms>(_ => new());
        services.AddSingleton<ISmsDispatcher>(provider => provider.GetRequiredService<CapturedSms>());
        // Customers beat as often as the clock moves; nobody waits for more of them.
        services.AddSingleton(provider => new SignsOfLife(provider.GetRequiredService<ISessionStore>(), time, new Pace(int.MaxValue, TimeSpan.Zero)));
        services.AddSingleton(provider => new DueWork(
            provider.GetRequiredService<ISessionStore>(),
            provider.GetRequiredService<OutboxSender>(),
            provider.GetRequiredService<OverdueSweep>(),
            provider.GetRequiredService<SilenceSweep>(),
            provider.GetRequiredService<AlarmSweep>(),
            provider.GetRequiredService<GuestSweep>(),
            provider.GetRequiredService<RetentionSweep>(),
            provider.GetRequiredService<TriedCodes>(),
            time));
        services.AddSingleton(provider => new TestClock(time, provider.GetRequiredService<DueWork>()));
        return services;
    }

    private static void KeepInMemory(IServiceCollection services)
    {
        services.Replace(ServiceDescriptor.Singleton<ISessionStore, InMemorySessionStore>());
        services.Replace(ServiceDescriptor.Singleton<ISettingsStore, InMemorySettingsStore>());
        services.Replace(ServiceDescriptor.Singleton<ILimitStore, InMemoryLimitStore>());
        services.Replace(ServiceDescriptor.Singleton<ISubscriptionStore>(provider => InMemorySubscriptionStore.Beside(provider.GetRequiredService<ISessionStore>())));
        services.Replace(ServiceDescriptor.Singleton<IWebhookStore>(provider => InMemoryWebhookStore.Beside(provider.GetRequiredService<ISessionStore>())));
    }
}

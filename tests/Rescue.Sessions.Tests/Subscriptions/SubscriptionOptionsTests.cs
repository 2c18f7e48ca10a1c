using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Subscriptions;

namespace Rescue.Sessions.Tests.Subscriptions;

public sealed class SubscriptionOptionsTests
{
    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("crm\n")]
    [InlineData("crmé")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123x")]
    public void Name_ThatIsNone_IsRefused(string name) =>
        ((Action)(() => new ServiceCollection().AddRescueSessions().AddSessionSubscription<CrmSubscriber>(name))).Should().Throw<ArgumentException>().WithParameterName(nameof(name));

    [Fact]
    public void Name_Twice_IsRefused()
    {
        var builder = new ServiceCollection().AddRescueSessions().AddSessionSubscription<CrmSubscriber>("crm");

        builder.AddSessionSubscription<CrmSubscriber>("CRM");

        ((Action)(() => builder.AddSessionSubscription<BillingSubscriber>("crm"))).Should().Throw<ArgumentException>().WithParameterName("name");
    }

    [Theory]
    [InlineData(0, 1, 1, 1, "Concurrency")]
    [InlineData(65, 1, 1, 1, "Concurrency")]
    [InlineData(1, 0, 1, 1, "MaxAttempts")]
    [InlineData(1, 1001, 1, 1, "MaxAttempts")]
    [InlineData(1, 1, 0, 1, "Timeout")]
    [InlineData(1, 1, 601, 1, "Timeout")]
    [InlineData(1, 1, 1, 0, "MaxRetryDelay")]
    [InlineData(1, 1, 1, 86_401, "MaxRetryDelay")]
    public void Options_OutOfRange_NameThePropertyAndTheSubscription(int concurrency, int attempts, int timeout, int delay, string property)
    {
        using var services = Services(options =>
        {
            (options.Concurrency, options.MaxAttempts) = (concurrency, attempts);
            (options.Timeout, options.MaxRetryDelay) = (TimeSpan.FromSeconds(timeout), TimeSpan.FromSeconds(delay));
        });

        ((Action)(() => services.GetRequiredService<IOptionsMonitor<SubscriptionOptions>>().Get("crm"))).Should().Throw<OptionsValidationException>()
            .Which.Failures.Should().ContainSingle().Which.Should().StartWith($"Subscriptions[crm].{property} is ");
    }

    [Fact]
    public void Options_ByDefault_AreInOrder()
    {
        using var services = Services(_ => { });

        services.GetRequiredService<IOptionsMonitor<SubscriptionOptions>>().Get("crm").Concurrency.Should().Be(8);
        services.GetRequiredService<SessionSubscriptions>().Names.Should().Equal("crm");
    }

    private static ServiceProvider Services(Action<SubscriptionOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddRescueSessions().AddSessionSubscription<CrmSubscriber>("crm", configure);
        return services.BuildServiceProvider();
    }
}

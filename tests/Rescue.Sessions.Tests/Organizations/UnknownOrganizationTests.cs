using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rescue.Sessions.Organizations;
using Rescue.Sessions.Tests.Support;
using Rescue.Sessions.Tests.Telemetry;

namespace Rescue.Sessions.Tests.Organizations;

/// <summary>A tenant's name that was mistyped makes a tenant, and no error.</summary>
public sealed class UnknownOrganizationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("globx", true, false, true)]
    [InlineData("globx", false, true, true)]
    [InlineData("globx", false, false, false)]
    [InlineData("globex", true, false, false)]
    [InlineData("told", false, true, false)]
    [InlineData(Technician.DefaultTenant, true, true, false)]
    public async Task Find_TenantWithoutOne_IsToldOnceWhereOthersHaveOne(string tenant, bool inOptions, bool byFunction, bool isTold)
    {
        using var log = new Recorder();
        using var desk = new SupportDesk(
            options =>
            {
                if (inOptions)
                    options.Organizations["globex"] = new() { Name = "Globex" };
                if (byFunction)
                    options.FindOrganization = (query, _) => new(query.Tenant == "told" ? new FoundOrganization("told", new() { Name = "Told" }) : null);
            },
            services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log)));

        await desk.Get<OrganizationDirectory>().FindAsync(tenant, Cancellation);
        await desk.Get<OrganizationDirectory>().FindAsync(tenant, Cancellation);

        string[] told = [.. log.Logs.Where(line => line.StartsWith("24 ", StringComparison.Ordinal))];
        told.Should().HaveCount(isTold ? 1 : 0);
        if (isTold)
            told[0].Should().StartWith("24 Tenant globx has no organisation of its own");
    }
}

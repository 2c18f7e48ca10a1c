using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Permissions;

namespace Rescue.Sessions.Tests.Lifecycle;

public sealed class TimeoutSelectionTests
{
    private readonly RescueSessionsOptions options = new();

    public TimeoutSelectionTests()
    {
        options.Timeouts.Waiting = TimeSpan.FromMinutes(1);
        options.TenantTimeouts["acme"] = new() { Waiting = TimeSpan.FromMinutes(2) };
        options.Permissions.Groups.Add(new() { Name = "root", Timeouts = new() { Waiting = TimeSpan.FromMinutes(3) } });
        options.Permissions.Groups.Add(new() { Name = "leaf", Parent = "root" });
        options.Permissions.Groups.Add(new() { Name = "plain" });
    }

    [Theory]
    [InlineData("other", "plain", 1)]
    [InlineData("acme", "plain", 2)]
    [InlineData("acme", "leaf", 3)]
    [InlineData("other", "nowhere", 1)]
    public void For_TechnicianOfTenantAndGroup_TakesTheNearest(string tenant, string group, int minutes) =>
        Of(tenant, group).Waiting.Should().Be(TimeSpan.FromMinutes(minutes));

    [Fact]
    public void For_SameSettings_SharesOneObject_UntilTheyChange()
    {
        var before = Of("acme", "plain");
        Of("acme", "plain").Should().BeSameAs(before);

        options.TenantTimeouts["acme"].Waiting = TimeSpan.FromMinutes(9);

        Of("acme", "plain").Waiting.Should().Be(TimeSpan.FromMinutes(9));
        before.Waiting.Should().Be(TimeSpan.FromMinutes(2), "a session that is under way keeps its own");
    }

    private SessionTimeouts Of(string tenant, string group) =>
        TimeoutSelection.For(new Technician("ada", "Ada") { Tenant = tenant, Groups = [group] }, options);
}

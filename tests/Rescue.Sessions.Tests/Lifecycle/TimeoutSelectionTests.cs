using Microsoft.Extensions.Logging.Abstractions;
using Rescue.Sessions.Creating;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Settings;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Lifecycle;

public sealed class TimeoutSelectionTests
{
    private readonly RescueSessionsOptions options = new();
    private readonly TenantSettings settings = new(new InMemorySettingsStore(), TimeProvider.System);
    private readonly TimeoutSelection selection;

    public TimeoutSelectionTests()
    {
        var fixedOptions = new FixedOptions(options);
        selection = new(settings, new(settings, fixedOptions, NullLogger.Instance), fixedOptions);
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
    public async Task For_TechnicianOfTenantAndGroup_TakesTheNearest(string tenant, string group, int minutes) =>
        (await OfAsync(tenant, group)).Waiting.Should().Be(TimeSpan.FromMinutes(minutes));

    [Theory]
    [InlineData("leaf", "own", 4)]
    [InlineData("own", "leaf", 4)]
    [InlineData("bud", "leaf", 3)]
    [InlineData("bud", "low", 5)]
    [InlineData("own", "other", 4)]
    [InlineData("other", "own", 6)]
    [InlineData("plain", "leaf", 3)]
    [InlineData("nowhere", "bud", 3)]
    public async Task For_TechnicianOfTwoGroups_TakesTheNearestOfAll_AndOfEquallyNearTheFirst(string first, string second, int minutes)
    {
        options.Permissions.Groups.Add(new() { Name = "bud", Parent = "leaf" });
        options.Permissions.Groups.Add(new() { Name = "own", Timeouts = new() { Waiting = TimeSpan.FromMinutes(4) } });
        options.Permissions.Groups.Add(new() { Name = "high", Timeouts = new() { Waiting = TimeSpan.FromMinutes(5) } });
        options.Permissions.Groups.Add(new() { Name = "low", Parent = "high" });
        options.Permissions.Groups.Add(new() { Name = "other", Timeouts = new() { Waiting = TimeSpan.FromMinutes(6) } });

        (await OfAsync("acme", first, second)).Waiting.Should().Be(TimeSpan.FromMinutes(minutes));
    }

    [Fact]
    public async Task For_SameSettings_SharesOneObject_UntilTheyChange()
    {
        var before = await OfAsync("acme", "plain");
        (await OfAsync("acme", "plain")).Should().BeSameAs(before);

        options.TenantTimeouts["acme"].Waiting = TimeSpan.FromMinutes(9);

        (await OfAsync("acme", "plain")).Waiting.Should().Be(TimeSpan.FromMinutes(9));
        before.Waiting.Should().Be(TimeSpan.FromMinutes(2), "a session that is under way keeps its own");
    }

    [Fact]
    public async Task For_TimesSetByAnAdministrator_GoBeforeTheConfiguredButAfterTheGroups()
    {
        await SetAsync("""{"waitingMinutes":7,"codeValidityMinutes":45}""");

        (await OfAsync("acme", "plain")).Waiting.Should().Be(TimeSpan.FromMinutes(7));
        (await OfAsync("acme", "plain")).Connecting.Should().Be(options.TenantTimeouts["acme"].Connecting, "it was not set");
        (await OfAsync("acme", "leaf")).Waiting.Should().Be(TimeSpan.FromMinutes(3));
        (await OfAsync("other", "plain")).Waiting.Should().Be(TimeSpan.FromMinutes(1));
        (await ValidityAsync("acme")).Should().Be(TimeSpan.FromMinutes(45));
        (await ValidityAsync("other")).Should().Be(options.Codes.Validity);
    }

    [Fact]
    public async Task For_ZeroSetByAnAdministrator_IsNever()
    {
        await SetAsync("""{"waitingMinutes":0}""");

        (await OfAsync("acme", "plain")).Waiting.Should().Be(TimeSpan.Zero);
    }

    private async Task SetAsync(string json) => await settings.SaveAsync(
        new() { Tenant = "acme", Name = SettingNames.Timeouts, Value = json, By = new("emma", "Emma"), At = SupportDesk.Morning },
        TestContext.Current.CancellationToken);

    private async Task<SessionTimeouts> OfAsync(string tenant, params string[] groups) => (await SelectAsync(tenant, groups)).Timeouts;

    private async Task<TimeSpan> ValidityAsync(string tenant) => (await SelectAsync(tenant, "plain")).CodeValidity;

    private async Task<(SessionTimeouts Timeouts, TimeSpan CodeValidity)> SelectAsync(string tenant, params string[] groups) =>
        await selection.ForAsync(new Technician("ada", "Ada") { Tenant = tenant, Groups = groups }, TestContext.Current.CancellationToken);
}

using Microsoft.Extensions.Logging;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Settings;
using Rescue.Sessions.Tests.Support;
using static Rescue.Sessions.Permissions.ConnectionRight;

namespace Rescue.Sessions.Tests.Permissions;

public sealed class UnknownGroupsTests
{
    private readonly Lines log = new();
    private readonly GroupPermissionPolicy policy;

    public UnknownGroupsTests()
    {
        var options = new RescueSessionsOptions();
        options.Permissions.Groups.Add(new() { Name = "support", Grants = [PrivateSessions] });
        options.Permissions.Groups.Add(new() { Name = "seniors", Grants = [Hold] });
        policy = new(new(new InMemorySettingsStore(), TimeProvider.System), new FixedOptions(options), log);
    }

    [Fact]
    public async Task Refused_InAMistypedGroup_IsWarnedOfOnceWithTheGroupsThereAre()
    {
        await RefuseAsync("suport");
        await RefuseAsync("suport");

        log.Entries.Should().ContainSingle().Which.Should().StartWith("Warning 22").And
            .Contain("tenant globex").And.Contain("'suport'").And.Contain("It has: support, seniors.").And.Contain("Technician.Groups").And.NotContain("ada");
    }

    [Fact]
    public async Task Refused_InAGroupThatIsKnownToo_IsNoWarning()
    {
        await RefuseAsync("support", "seniros");

        log.Entries.Should().ContainSingle().Which.Should().StartWith("Information 22").And.Contain("'seniros'");
    }

    [Fact]
    public async Task Refused_InNoGroup_IsWarnedOf()
    {
        await RefuseAsync();

        log.Entries.Should().ContainSingle().Which.Should().StartWith("Warning 23").And.Contain("no group at all");
    }

    [Fact]
    public async Task Refused_InGroupsThatAreKnown_SaysNothing()
    {
        await RefuseAsync("Support");

        log.Entries.Should().BeEmpty();
    }

    [Fact]
    public async Task Allowed_BesideAnUnknownGroup_SaysNothing()
    {
        (await DecideAsync("billing", "seniors")).IsAllowed.Should().BeTrue();

        log.Entries.Should().BeEmpty();
    }

    [Fact]
    public async Task Refused_InMoreNamesThanAreKept_TellsAThousand()
    {
        await RefuseAsync([.. Enumerable.Range(0, 1100).Select(number => $"made-up-{number}")]);

        log.Entries.Should().HaveCount(1000);
    }

    private async Task RefuseAsync(params string[] groups) => (await DecideAsync(groups)).IsAllowed.Should().BeFalse();

    private async Task<PermissionDecision> DecideAsync(params string[] groups) =>
        await policy.DecideAsync(new("ada", "Ada") { Tenant = "globex", Groups = groups }, [Hold]);

    private sealed class Lines : ILogger
    {
        public List<string> Entries { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Entries.Add($"{logLevel} {eventId.Id} {formatter(state, exception)}");
    }
}

using Microsoft.Extensions.Logging.Abstractions;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Settings;
using Rescue.Sessions.Tests.Support;
using static Rescue.Sessions.Permissions.ConnectionRight;

namespace Rescue.Sessions.Tests.Permissions;

public sealed class GroupPermissionPolicyTests
{
    private readonly RescueSessionsOptions options = new();

    [Fact]
    public async Task Decide_GrantedByOwnGroup_IsAllowed()
    {
        Add("support", grants: [PrivateSessions, EmailConnection]);

        (await DecideAsync(["support"], PrivateSessions, EmailConnection)).IsAllowed.Should().BeTrue();
    }

    [Fact]
    public async Task Decide_GrantedByAnAncestor_IsInherited()
    {
        Add("leaf", parent: "middle");
        Add("middle", parent: "root");
        Add("root", grants: [Hold]);

        (await DecideAsync(["leaf"], Hold)).IsAllowed.Should().BeTrue();
    }

    [Fact]
    public async Task Decide_DeniedNearerThanGranted_IsDeniedThere()
    {
        Add("root", grants: [Hold, Transfer]);
        Add("middle", parent: "root", denials: [Hold]);
        Add("leaf", parent: "middle");

        (await DecideAsync(["leaf"], Transfer, Hold)).Missing.Should().Equal(new MissingRight(Hold, MissingRightReason.Denied, "middle"));
    }

    [Fact]
    public async Task Decide_GrantedNearerThanDenied_IsAllowed()
    {
        Add("root", denials: [Hold]);
        Add("leaf", parent: "root", grants: [Hold]);

        (await DecideAsync(["leaf"], Hold)).IsAllowed.Should().BeTrue();
    }

    [Fact]
    public async Task Decide_LockedDenialAbove_OverrulesAGrantBelow()
    {
        Add("root", denials: [Hold], locks: [Hold]);
        Add("leaf", parent: "root", grants: [Hold]);

        (await DecideAsync(["leaf"], Hold)).Missing.Should().Equal(new MissingRight(Hold, MissingRightReason.Locked, "root"));
    }

    [Fact]
    public async Task Decide_LockedGrantAbove_OverrulesADenialBelow()
    {
        Add("root", grants: [Hold], locks: [Hold]);
        Add("leaf", parent: "root", denials: [Hold]);

        (await DecideAsync(["leaf"], Hold)).IsAllowed.Should().BeTrue();
    }

    [Fact]
    public async Task Decide_TwoLocksOnTheWay_TheHigherBinds()
    {
        Add("root", denials: [Hold], locks: [Hold]);
        Add("middle", parent: "root", grants: [Hold], locks: [Hold]);
        Add("leaf", parent: "middle");

        (await DecideAsync(["leaf"], Hold)).Missing.Should().Equal(new MissingRight(Hold, MissingRightReason.Locked, "root"));
    }

    [Fact]
    public async Task Decide_LockWithoutGrant_LocksTheRightAway()
    {
        Add("root", locks: [MobileAddOn]);
        Add("leaf", parent: "root", grants: [MobileAddOn]);

        (await DecideAsync(["leaf"], MobileAddOn)).Missing.Should().Equal(new MissingRight(MobileAddOn, MissingRightReason.Locked, "root"));
        (await DecideAsync(["root"], MobileAddOn)).Missing.Should().Equal(new MissingRight(MobileAddOn, MissingRightReason.Denied, "root"));
    }

    [Fact]
    public async Task Decide_GrantAndDenialInOneGroup_Denies()
    {
        Add("odd", grants: [Hold], denials: [Hold]);

        (await DecideAsync(["odd"], Hold)).IsAllowed.Should().BeFalse();
    }

    [Fact]
    public async Task Decide_SeveralGroups_OneThatGivesIsEnough()
    {
        Add("first", denials: [Hold]);
        Add("second", grants: [Hold]);

        (await DecideAsync(["first", "second"], Hold)).IsAllowed.Should().BeTrue();
        (await DecideAsync(["second", "first"], Hold)).IsAllowed.Should().BeTrue();
    }

    [Fact]
    public async Task Decide_SeveralGroupsWithoutIt_NamesTheFirstThatIsKnown()
    {
        Add("first");
        Add("second", denials: [Hold]);

        (await DecideAsync(["gone", "first", "second"], Hold)).Missing.Should().Equal(new MissingRight(Hold, MissingRightReason.NotGranted, "first"));
    }

    [Theory]
    [InlineData]
    [InlineData("gone")]
    public async Task Decide_NoKnownGroup_SaysSo(params string[] groups) =>
        (await DecideAsync(groups, Hold)).Missing.Should().Equal(new MissingRight(Hold, MissingRightReason.NoGroup));

    [Fact]
    public async Task Decide_SeveralMissing_ListsEachInTheOrderAskedWithItsGroup()
    {
        Add("root", denials: [EmailOnBehalf], locks: [EmailOnBehalf]);
        Add("middle", parent: "root", denials: [EmailConnection]);
        Add("leaf", parent: "middle", grants: [PrivateSessions]);

        (await DecideAsync(["leaf"], MobileAddOn, PrivateSessions, EmailOnBehalf, EmailConnection)).Missing.Should().Equal(
            new MissingRight(MobileAddOn, MissingRightReason.NotGranted, "leaf"),
            new MissingRight(EmailOnBehalf, MissingRightReason.Locked, "root"),
            new MissingRight(EmailConnection, MissingRightReason.Denied, "middle"));
    }

    [Fact]
    public async Task Decide_GroupNames_IgnoreCase()
    {
        Add("Support", parent: "ROOT");
        Add("root", grants: [Hold]);

        (await DecideAsync(["support"], Hold)).IsAllowed.Should().BeTrue();
    }

    [Fact]
    public async Task Decide_CircleThatCameAtRunTime_Ends()
    {
        Add("a", parent: "b");
        Add("b", parent: "a");

        (await DecideAsync(["a"], Hold)).Missing.Should().Equal(new MissingRight(Hold, MissingRightReason.NotGranted, "a"));
    }

    private void Add(
        string name, string? parent = null, ConnectionRight[]? grants = null, ConnectionRight[]? denials = null, ConnectionRight[]? locks = null) =>
        options.Permissions.Groups.Add(new() { Name = name, Parent = parent, Grants = grants ?? [], Denials = denials ?? [], Locks = locks ?? [] });

    private async Task<PermissionDecision> DecideAsync(string[] groups, params ConnectionRight[] rights) =>
        await new GroupPermissionPolicy(new(new InMemorySettingsStore(), TimeProvider.System), new FixedOptions(options), NullLogger.Instance).DecideAsync(new("ada", "Ada") { Groups = groups }, rights);
}

using Rescue.Sessions.Codes;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests;

public sealed class SupportSettingsTests : IDisposable
{
    private readonly SupportDesk desk = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private SupportSettings Settings => desk.Get<SupportSettings>();

    public void Dispose() => desk.Dispose();

    [Fact]
    public async Task SaveTimeouts_Valid_HoldForTheNextSessionOfTheTenantAlone()
    {
        (await Settings.SaveTimeoutsAsync(desk.Ada, new() { CodeValidityMinutes = 5, WaitingMinutes = 9 }, null, Cancellation))
            .Should().BeOfType<SettingsSave.Saved>().Which.Version.Version.Should().Be(1);

        var (session, _) = await desk.CreateAsync();
        session.ExpiresAt.Should().Be(SupportDesk.Morning.AddMinutes(5));
        session.Timeouts.Waiting.Should().Be(TimeSpan.FromMinutes(9));
        (await desk.CreateAsync(desk.Stranger)).Session.ExpiresAt.Should().Be(SupportDesk.Morning + new CodeOptions().Validity);
        var found = (SettingsRead<TimeoutSettings>.Found)await Settings.FindTimeoutsAsync(desk.Ada, Cancellation);
        found.Value.Should().Be(new TimeoutSettings { CodeValidityMinutes = 5, WaitingMinutes = 9 });
        found.Version!.SavedBy.Should().Be(new TechnicianReference("ada", "Ada Lovelace"));
        found.Version.SavedAt.Should().Be(SupportDesk.Morning);
    }

    [Fact]
    public async Task SaveTimeouts_Null_GoesBackToWhatIsConfigured()
    {
        await Settings.SaveTimeoutsAsync(desk.Ada, new() { WaitingMinutes = 9 }, null, Cancellation);

        await Settings.SaveTimeoutsAsync(desk.Ada, null, null, Cancellation);

        (await desk.CreateAsync()).Session.Timeouts.Waiting.Should().Be(TimeSpan.Zero);
    }

    [Theory]
    [InlineData(0, null, null, null, "codeValidityMinutes")]
    [InlineData(1000, null, null, null, "codeValidityMinutes")]
    [InlineData(null, -1, null, null, "connectingMinutes")]
    [InlineData(null, null, 1000, null, "waitingMinutes")]
    [InlineData(null, null, null, -5, "activeIdleMinutes")]
    public async Task SaveTimeouts_OutOfRange_NamesTheFieldAndSavesNothing(int? validity, int? connecting, int? waiting, int? idle, string field)
    {
        var timeouts = new TimeoutSettings
        {
            CodeValidityMinutes = validity, ConnectingMinutes = connecting, WaitingMinutes = waiting, ActiveIdleMinutes = idle,
        };

        (await Settings.SaveTimeoutsAsync(desk.Ada, timeouts, null, Cancellation))
            .Should().BeOfType<SettingsSave.Refused>().Which.Reason.Should().BeOfType<Refusal.Invalid>().Which.Problems.Should().ContainSingle().Which.Field.Should().Be(field);

        ((SettingsRead<TimeoutSettings>.Found)await Settings.FindTimeoutsAsync(desk.Ada, Cancellation)).Version.Should().BeNull();
    }

    [Fact]
    public async Task SaveTimeouts_BasedOnAnEarlierVersion_IsOutdatedAndShowsTheLatest()
    {
        await Settings.SaveTimeoutsAsync(desk.Ada, new() { WaitingMinutes = 1 }, 0, Cancellation);

        (await Settings.SaveTimeoutsAsync(desk.Alan, new() { WaitingMinutes = 2 }, 0, Cancellation))
            .Should().BeOfType<SettingsSave.Refused>().Which.Reason.Should().BeOfType<Refusal.Outdated>().Which.Latest.SavedBy.Id.Should().Be("ada");
    }

    [Fact]
    public async Task EveryCall_WithoutTheRight_IsForbiddenAndNamesIt()
    {
        var visitor = new Technician("nobody", "Nobody");

        ((SettingsRead<TimeoutSettings>.Refused)await Settings.FindTimeoutsAsync(visitor, Cancellation)).Reason.Decision.Missing
            .Should().ContainSingle().Which.Right.Should().Be(ConnectionRight.ManageSettings);
        (await Settings.SaveTimeoutsAsync(visitor, new(), null, Cancellation)).Should().BeOfType<SettingsSave.Refused>().Which.Reason.Should().BeOfType<Refusal.Forbidden>();
        (await Settings.FindGroupsAsync(visitor, Cancellation)).Should().BeOfType<SettingsRead<IReadOnlyList<TechnicianGroup>>.Refused>();
        (await Settings.SaveGroupsAsync(visitor, [], null, Cancellation)).Should().BeOfType<SettingsSave.Refused>().Which.Reason.Should().BeOfType<Refusal.Forbidden>();
    }

    [Fact]
    public async Task SaveGroups_Valid_DecideTheNextRequest()
    {
        TechnicianGroup[] groups =
        [
            new() { Name = "support", Grants = [ConnectionRight.ManageSettings, ConnectionRight.PrivateSessions], Locks = [ConnectionRight.Hold] },
            new() { Name = "leaf", Parent = "support", Timeouts = new() { Waiting = TimeSpan.FromMinutes(3) } },
        ];

        (await Settings.SaveGroupsAsync(desk.Ada, groups, null, Cancellation)).Should().BeOfType<SettingsSave.Saved>();

        var refused = (CreateSessionResult.Refused)await desk.Invitations.CreateAsync(desk.Ada, new("Grace"), null, Cancellation);
        refused.Reason.Should().BeOfType<Refusal.Forbidden>().Which.Decision.Missing.Should().Equal(new MissingRight(ConnectionRight.PinConnection, MissingRightReason.NotGranted, "support"));
        (await desk.Invitations.CreateAsync(desk.Stranger, new("Grace"), null, Cancellation)).Should().BeOfType<CreateSessionResult.Created>("another tenant's rights are its own");
        var found = (SettingsRead<IReadOnlyList<TechnicianGroup>>.Found)await Settings.FindGroupsAsync(desk.Ada, Cancellation);
        found.Value.Should().BeEquivalentTo(groups);
    }

    [Fact]
    public async Task SaveGroups_ThatWouldLockTheirAuthorOut_AreRefused() =>
        (await Settings.SaveGroupsAsync(desk.Ada, [new() { Name = "support", Grants = [ConnectionRight.Hold] }], null, Cancellation))
            .Should().BeOfType<SettingsSave.Refused>().Which.Reason.Should().BeOfType<Refusal.Invalid>().Which.Problems.Should().ContainSingle().Which.Message.Should().Contain("yourself");

    [Fact]
    public async Task SaveGroups_NoTree_NamesEveryProblem()
    {
        TechnicianGroup[] groups = [new() { Name = "a", Parent = "b" }, new() { Name = "b", Parent = "a" }, new() { Name = "c", Parent = "d" }];

        (await Settings.SaveGroupsAsync(desk.Ada, groups, null, Cancellation))
            .Should().BeOfType<SettingsSave.Refused>().Which.Reason.Should().BeOfType<Refusal.Invalid>().Which.Problems.Should().HaveCount(3).And.OnlyContain(problem => problem.Field == "groups");
    }
}

using Rescue.Sessions.Codes;
using Rescue.Sessions.Devices;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Tests.Support;
using static Rescue.Sessions.Permissions.ConnectionRight;

namespace Rescue.Sessions.Tests.Permissions;

public sealed class RightsAtEachVerbTests : IDisposable
{
    private readonly SupportDesk desk = new(options =>
    {
        options.Permissions.Groups.Add(new() { Name = "computers", Grants = [PrivateSessions, PinConnection, Hold, Transfer] });
        options.Permissions.Groups.Add(new() { Name = "readers", Grants = [PrivateSessions] });
        options.Permissions.Groups.Add(new() { Name = "keepers", Parent = "support", Denials = [ColleaguesSessions] });
        options.Permissions.Groups.Add(new() { Name = "juniors", Parent = "keepers" });
    });

    private readonly Technician stripped = new("mallory", "Mallory") { Groups = [] };
    private readonly Technician computers = new("carol", "Carol") { Groups = ["computers"] };
    private readonly Technician junior = new("june", "June") { Groups = ["juniors"] };
    private readonly Technician readers = new("rita", "Rita") { Groups = ["readers"] };

    public void Dispose() => desk.Dispose();

    [Theory]
    [InlineData("start")]
    [InlineData("resume")]
    [InlineData("accept")]
    [InlineData("close")]
    [InlineData("revoke")]
    [InlineData("reboot")]
    public async Task Verb_TechnicianWithoutAnyRight_IsForbiddenAndChangesNothing(string verb)
    {
        var id = await PrepareAsync(verb, to: stripped.Id);
        var before = await desk.FindAsync(id);

        var result = await RunAsync(verb, stripped, id);

        result.Should().BeOfType<SessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.Forbidden>().Which.Decision.Missing[0].Right.Should().Be(PrivateSessions);
        (await desk.FindAsync(id)).Should().Be(before);
        (await desk.Directory.FindLinkAsync(stripped, id)).Should().BeNull();
        (await desk.Directory.FindDetailsAsync(stripped, id))!.Should().BeEquivalentTo(new { Link = (ConnectionLink?)null, HandOver = (HandOverSecret?)null });
    }

    [Theory]
    [InlineData("start")]
    [InlineData("resume")]
    [InlineData("accept")]
    [InlineData("decline")]
    [InlineData("takeBack")]
    [InlineData("hold")]
    [InlineData("transfer")]
    [InlineData("activity")]
    [InlineData("resend")]
    [InlineData("close")]
    [InlineData("revoke")]
    [InlineData("reboot")]
    public async Task Verb_ColleaguesSessionWithoutTheRight_NamesItAndTheGroupAndChangesNothing(string verb)
    {
        var id = await PrepareAsync(verb, to: desk.Alan.Id);
        var before = await desk.FindAsync(id);

        var result = await RunAsync(verb, junior, id);

        result.Should().BeOfType<SessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.Forbidden>().Which.Decision.Missing.Should().Equal(
            new MissingRight(ColleaguesSessions, MissingRightReason.Denied, "keepers"));
        (await desk.FindAsync(id)).Should().Be(before);
        (await desk.Directory.FindAsync(junior, id)).Should().Be(before, "seeing is not acting");
    }

    [Theory]
    [InlineData("start")]
    [InlineData("resume")]
    [InlineData("accept")]
    [InlineData("decline")]
    [InlineData("takeBack")]
    [InlineData("hold")]
    [InlineData("transfer")]
    [InlineData("activity")]
    [InlineData("close")]
    [InlineData("revoke")]
    [InlineData("reboot")]
    public async Task Verb_OwnSessionWithoutTheRightToThoseOfOthers_IsDone(string verb)
    {
        var id = await PrepareAsync(verb, to: junior.Id, by: verb is "accept" or "decline" ? null : junior);

        (await RunAsync(verb, junior, id)).Should().BeOfType<SessionResult.Done>();
    }

    [Theory]
    [InlineData("start")]
    [InlineData("resume")]
    [InlineData("close")]
    [InlineData("revoke")]
    public async Task Verb_ColleaguesSession_IsDoneWhereNoGroupTakesTheRightAway(string verb) =>
        (await RunAsync(verb, computers, await PrepareAsync(verb, to: computers.Id, DevicePlatform.Windows))).Should().BeOfType<SessionResult.Done>();

    [Fact]
    public async Task Start_ColleaguesPhoneWithNeitherRight_NamesBoth()
    {
        using var own = new SupportDesk(options => options.Permissions.Groups.Add(new() { Name = "few", Grants = [PrivateSessions], Denials = [ColleaguesSessions] }));
        var (session, link) = await own.CreateAsync();
        await own.Applets.ReadyAsync(session.Id, (await own.JoinAsync(link)).Key, null, DevicePlatform.Android);

        var result = await own.Technicians.StartAsync(new("few", "Few") { Groups = ["few"] }, session.Id);

        result.Should().BeOfType<SessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.Forbidden>().Which.Decision.Missing.Select(missing => missing.Right).Should().Equal(ColleaguesSessions, MobileAddOn);
    }

    [Fact]
    public async Task Start_ByTheMakerAfterAColleague_TellsWhoWasFaster()
    {
        var (session, link) = await desk.CreateAsync(junior);
        await desk.Applets.ReadyAsync(session.Id, (await desk.JoinAsync(link)).Key, null, null);
        await desk.Technicians.StartAsync(desk.Ada, session.Id);

        (await desk.Technicians.StartAsync(junior, session.Id)).Should().BeOfType<SessionResult.AlreadyStarted>().Which.StartedBy.Should().Be(desk.Ada.Reference);
    }

    [Theory]
    [InlineData("start", DevicePlatform.IOS)]
    [InlineData("start", DevicePlatform.Android)]
    [InlineData("resume", DevicePlatform.IOS)]
    [InlineData("accept", DevicePlatform.Android)]
    public async Task Verb_MobileWithoutTheAddOn_NamesIt(string verb, DevicePlatform platform)
    {
        var id = await PrepareAsync(verb, to: computers.Id, platform);
        var before = await desk.FindAsync(id);

        var result = await RunAsync(verb, computers, id);

        result.Should().BeOfType<SessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.Forbidden>().Which.Decision.Missing.Should().ContainSingle().Which.Right.Should().Be(MobileAddOn);
        (await desk.FindAsync(id)).Should().Be(before);
    }

    [Theory]
    [InlineData("start")]
    [InlineData("resume")]
    [InlineData("accept")]
    public async Task Verb_ComputerWithoutTheAddOn_IsDone(string verb) =>
        (await RunAsync(verb, computers, await PrepareAsync(verb, to: computers.Id, DevicePlatform.Windows))).Should().BeOfType<SessionResult.Done>();

    [Theory]
    [InlineData("close")]
    [InlineData("revoke")]
    public async Task Verb_OwnSessionAfterTheRightsWereTaken_IsDone(string verb)
    {
        var (session, _) = await desk.CreateAsync();

        (await RunAsync(verb, new Technician(desk.Ada.Id, desk.Ada.Name), session.Id)).Should().BeOfType<SessionResult.Done>();
    }

    [Fact]
    public async Task FindLink_IsForThoseWhoMaySendOne()
    {
        var (session, link) = await desk.CreateAsync();

        (await desk.Directory.FindLinkAsync(readers, session.Id)).Should().BeNull();
        (await desk.Directory.FindLinkAsync(computers, session.Id))!.ToUri().Should().Be(link.ToUri());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ready_OnAPhoneThatIsNotCovered_IsRefusedHoweverItStarts(bool autoStart)
    {
        using var own = new SupportDesk(options =>
        {
            options.Technicians.AutoStart = autoStart;
            options.Permissions.Groups.Add(new() { Name = "computers", Grants = [PrivateSessions, PinConnection] });
        });
        var (session, link) = await own.CreateAsync(computers);
        var joined = await own.JoinAsync(link);

        (await own.Applets.ReadyAsync(session.Id, joined.Key, null, DevicePlatform.IOS)).Should().BeOfType<AppletResult.MobileNotCovered>();
        (await own.Applets.ReadyAsync(session.Id, AppletKey.Generate(), null, DevicePlatform.IOS)).Should().BeOfType<AppletResult.UnknownKey>();
        (await own.FindAsync(session.Id)).Status.Should().Be(SessionStatus.Connecting);
        (await own.Applets.ReadyAsync(session.Id, joined.Key, null, DevicePlatform.MacOS)).Should().BeOfType<AppletResult.Done>();
    }

    [Theory]
    [InlineData(SessionStatus.Waiting)]
    [InlineData(SessionStatus.Active)]
    [InlineData(SessionStatus.Rebooting)]
    public async Task Ready_OnAPhoneThatComesBack_AsksNoMoreForWhatItsMakerHasLost(SessionStatus status)
    {
        TechnicianGroup group = new() { Name = "phones", Grants = [PrivateSessions, PinConnection, MobileAddOn] };
        using var own = new SupportDesk(options => options.Permissions.Groups.Add(group));
        var (session, link) = await own.CreateAsync(own.Ada with { Groups = ["phones"] });
        var joined = await own.JoinAsync(link, "phone-1");
        await own.Applets.ReadyAsync(session.Id, joined.Key, null, DevicePlatform.Android);
        if (status != SessionStatus.Waiting)
            await own.Technicians.StartAsync(own.Alan, session.Id);
        if (status == SessionStatus.Rebooting)
            await own.Technicians.RebootAsync(own.Alan, session.Id);
        group.Grants.Remove(MobileAddOn);

        var again = await own.JoinAsync(link, "phone-1");

        (await own.Applets.ReadyAsync(session.Id, again.Key, null, DevicePlatform.Android)).Should().BeOfType<AppletResult.Done>();
    }

    private async Task<SessionId> PrepareAsync(string verb, string to, DevicePlatform? platform = null, Technician? by = null)
    {
        var owner = by ?? desk.Ada;
        if (verb == "resend")
            return (await desk.InviteAsync()).Session.Id;
        var (session, link) = await desk.CreateAsync(owner);
        if (verb == "revoke")
            return session.Id;
        var joined = await desk.JoinAsync(link);
        await desk.Applets.ReadyAsync(session.Id, joined.Key, null, platform);
        if (verb is "start" or "close")
            return session.Id;
        await desk.Technicians.StartAsync(owner, session.Id);
        if (verb == "resume")
            await desk.Technicians.HoldAsync(owner, session.Id);
        if (verb is "accept" or "decline" or "takeBack")
            await desk.Technicians.TransferAsync(owner, session.Id, by is null ? to : desk.Alan.Id);
        return session.Id;
    }

    private async Task<SessionResult> RunAsync(string verb, Technician technician, SessionId id) => verb switch
    {
        "start" => await desk.Technicians.StartAsync(technician, id),
        "resume" => await desk.Technicians.ResumeAsync(technician, id),
        "accept" => await desk.Technicians.AcceptTransferAsync(technician, id),
        "decline" => await desk.Technicians.DeclineTransferAsync(technician, id),
        "takeBack" => await desk.Technicians.TakeBackTransferAsync(technician, id),
        "hold" => await desk.Technicians.HoldAsync(technician, id),
        "transfer" => await desk.Technicians.TransferAsync(technician, id, desk.Alan.Id),
        "activity" => await desk.Technicians.NoteActivityAsync(technician, id),
        "resend" => await desk.Invitations.ResendAsync(technician, id, SupportDesk.Compose),
        "close" => await desk.Technicians.CloseAsync(technician, id),
        "revoke" => await desk.Technicians.RevokeAsync(technician, id),
        _ => await desk.Technicians.RebootAsync(technician, id),
    };
}

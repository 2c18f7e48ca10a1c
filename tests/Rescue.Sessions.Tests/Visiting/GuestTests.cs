using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Asking;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Deadlines;
using Rescue.Sessions.Guests;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Tests.Support;
using Rescue.Sessions.Visiting;
using static Rescue.Sessions.Permissions.ConnectionRight;

namespace Rescue.Sessions.Tests.Visiting;

public sealed class GuestTests : IDisposable
{
    private readonly SupportDesk desk = new(options =>
    {
        options.Guests.Most = 2;
        options.Permissions.Groups.Add(new() { Name = "plain", Grants = [PrivateSessions, PinConnection] });
        options.Permissions.Groups.Add(new() { Name = "own", Grants = [PrivateSessions, PinConnection, InviteGuests], Denials = [ColleaguesSessions] });
    });

    private SupportGuests Guests => desk.Get<SupportGuests>();

    private GuestSessions Visits => desk.Get<GuestSessions>();

    public void Dispose() => desk.Dispose();

    [Fact]
    public async Task Invite_GivesALinkOfTheProducts_AndStoresNoSecret()
    {
        var (session, _) = await desk.CreateAsync();

        var invited = (await Guests.InviteAsync(desk.Ada, session.Id, new("Katherine Johnson"))).Should().BeOfType<SessionResult.Invited>().Subject;

        invited.Link.GetLeftPart(UriPartial.Path).Should().Be("https://help.example.org/guest");
        var token = TokenOf(invited).Text;
        token.Should().HaveLength(26);
        var guest = (await desk.FindAsync(session.Id)).Guests!.Single();
        guest.Should().BeEquivalentTo(new
        {
            Name = "Katherine Johnson", State = GuestState.Invited, InvitedBy = desk.Ada.Reference, ExpiresAt = SupportDesk.Morning.AddHours(1),
        });
        var stored = await desk.Store.FindAsync(SessionSelector.ById(session.Id));
        System.Text.Json.JsonSerializer.Serialize(stored!.GuestProofs).Should().NotContain(token);
        invited.ToString().Should().NotContain(token);
        TokenOf(invited).ToString().Should().Be("****");
    }

    [Fact]
    public async Task Invite_WhoseLinkCannotBeTold_TakesNoPlace()
    {
        var isAway = false;
        using var own = new SupportDesk(options => options.FindOrganization = (_, _) => isAway ? throw new HttpRequestException("The directory is away.") : default);
        var (session, _) = await own.CreateAsync();
        isAway = true;
        own.Time.Advance(TimeSpan.FromMinutes(1));

        await FluentActions.Awaiting(async () => await own.Get<SupportGuests>().InviteAsync(own.Ada, session.Id, new("Katherine Johnson"))).Should().ThrowAsync<HttpRequestException>();

        (await own.FindAsync(session.Id)).Guests.Should().BeNullOrEmpty();
    }

    [Theory]
    [InlineData("", 10, "name")]
    [InlineData("Katherine", 0, "minutes")]
    [InlineData("Katherine", 481, "minutes")]
    public async Task Invite_WithAMistake_NamesTheField(string name, int minutes, string field)
    {
        var (session, _) = await desk.CreateAsync();

        var result = await Guests.InviteAsync(desk.Ada, session.Id, new(name, TimeSpan.FromMinutes(minutes)));

        result.Should().BeOfType<SessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.Invalid>().Which.Problems.Single().Field.Should().Be(field);
        (await desk.FindAsync(session.Id)).Guests.Should().BeNull();
    }

    [Fact]
    public async Task Invite_TakesTheRight_AndForAColleaguesSessionTheRightToThose()
    {
        var (session, _) = await desk.CreateAsync();

        Missing(await Guests.InviteAsync(desk.Alan with { Groups = ["plain"] }, session.Id, new("X"))).Should().Be(InviteGuests);
        Missing(await Guests.InviteAsync(desk.Alan with { Groups = ["own"] }, session.Id, new("X"))).Should().Be(ColleaguesSessions);
        (await Guests.InviteAsync(desk.Alan, session.Id, new("X"))).Should().BeOfType<SessionResult.Invited>();
        (await Guests.InviteAsync(desk.Stranger, session.Id, new("X"))).Should().BeOfType<SessionResult.NotFound>();
    }

    [Fact]
    public async Task Invite_MoreThanTheMost_OrIntoAnEndedSession_IsRefused()
    {
        var (session, _) = await desk.CreateAsync();
        await InviteAsync(session.Id, "one");
        await InviteAsync(session.Id, "two");

        (await Guests.InviteAsync(desk.Ada, session.Id, new("three"))).Should().BeOfType<SessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.Invalid>().Which.Problems.Single().Field.Should().Be("guests");
        await desk.Technicians.RevokeAsync(desk.Ada, session.Id);
        (await Guests.InviteAsync(desk.Ada, session.Id, new("four"))).Should().BeOfType<SessionResult.NotPermitted>();
    }

    [Fact]
    public async Task LookUp_JoinsNobody()
    {
        var (session, _) = await desk.CreateAsync();
        var token = await InviteAsync(session.Id);

        for (var i = 0; i < 3; i++)
            (await Visits.LookUpAsync(token)).Should().BeOfType<GuestLookup.Found>().Which.Guest.State.Should().Be(GuestState.Invited);
    }

    [Fact]
    public async Task Join_WithoutAName_IsNone()
    {
        var (session, _) = await desk.CreateAsync();
        var token = await InviteAsync(session.Id);

        (await Visits.JoinAsync(token, " ", "browser")).Should().BeOfType<GuestJoinResult.Refused>().Which.Reason.Should().BeOfType<Refusal.Invalid>().Which.Problems.Single().Field.Should().Be("name");
        (await desk.FindAsync(session.Id)).Guests!.Single().State.Should().Be(GuestState.Invited);
    }

    [Fact]
    public async Task Join_ByAnotherBrowser_IsRefused_AndByTheSameComesBack()
    {
        var (session, _) = await desk.CreateAsync();
        var token = await InviteAsync(session.Id);
        var first = await JoinAsync(token);

        (await Visits.JoinAsync(token, "Eve", "another")).Should().Be(new GuestJoinResult.BadLink(GuestRefusal.AlreadyUsed));
        var second = await JoinAsync(token);

        (await Visits.FindAsync(session.Id, first.Key)).Should().BeOfType<GuestAnswer.UnknownKey>();
        (await Visits.FindAsync(session.Id, second.Key)).Should().BeOfType<GuestAnswer.Present>();
        (await Visits.FindAsync((await desk.CreateAsync()).Session.Id, second.Key)).Should().BeOfType<GuestAnswer.UnknownKey>("a key opens one session");
    }

    [Fact]
    public async Task Join_OverAndOver_HasToWait()
    {
        var (session, _) = await desk.CreateAsync();
        var token = await InviteAsync(session.Id);
        for (var i = 0; i < 21; i++)
            await JoinAsync(token);

        (await Visits.JoinAsync(token, "Katherine", "browser")).Should().BeOfType<GuestJoinResult.Refused>().Which.Reason.Should().BeOfType<Refusal.TooMany>();
    }

    [Fact]
    public async Task HandOver_IsTheGuestsOwn_WhileActiveAlone()
    {
        var (id, _, appletKey) = await desk.WaitingAsync();
        var (one, two) = (await JoinAsync(await InviteAsync(id, "one")), await JoinAsync(await InviteAsync(id, "two")));
        (await PresentAsync(id, one.Key)).HandOver.Should().BeNull();

        await desk.Technicians.StartAsync(desk.Ada, id);

        var ofSession = (await desk.Applets.FindHandOverAsync(id, appletKey))!;
        var secrets = new[] { ofSession.Text, (await PresentAsync(id, one.Key)).HandOver!.Text, (await PresentAsync(id, two.Key)).HandOver!.Text };
        secrets.Should().OnlyHaveUniqueItems().And.OnlyContain(secret => secret.Length == 22);
        ofSession.ForGuest(one.Guest.Id).Text.Should().Be(secrets[1]);
        await desk.Technicians.HoldAsync(desk.Ada, id);
        (await PresentAsync(id, one.Key)).HandOver.Should().BeNull();
    }

    [Fact]
    public async Task HandOver_TimedOutByTheClockAlone_IsNobodys()
    {
        using var desk = new SupportDesk(options => options.Timeouts.ActiveIdle = TimeSpan.FromMinutes(10));
        var (id, _, appletKey) = await desk.WaitingAsync();
        var token = TokenOf((SessionResult.Invited)await desk.Get<SupportGuests>().InviteAsync(desk.Ada, id, new("Katherine")));
        var visits = desk.Get<GuestSessions>();
        var guest = (GuestJoinResult.Joined)await visits.JoinAsync(token, "Katherine", "browser");
        await desk.Technicians.StartAsync(desk.Ada, id);

        desk.Time.Advance(TimeSpan.FromMinutes(10));

        ((GuestAnswer.Present)await visits.FindAsync(id, guest.Key)).Should().Match<GuestAnswer.Present>(
            present => present.Session.Status == SessionStatus.TimedOut && present.HandOver == null);
        (await desk.Applets.FindHandOverAsync(id, appletKey)).Should().BeNull();
        (await desk.Directory.FindDetailsAsync(desk.Ada, id))!.HandOver.Should().BeNull();
    }

    [Fact]
    public async Task Expire_IsSoAtOnce_AndIsRecordedByTheSweep()
    {
        var (session, _) = await desk.CreateAsync();
        var token = await InviteAsync(session.Id, minutes: 10);
        var joined = await JoinAsync(token);

        desk.Time.Advance(TimeSpan.FromMinutes(10));

        (await Visits.FindAsync(session.Id, joined.Key)).Should().BeOfType<GuestAnswer.Over>().Which.Guest.State.Should().Be(GuestState.Expired);
        (await Visits.JoinAsync(token, "Katherine", "browser")).Should().Be(new GuestJoinResult.BadLink(GuestRefusal.Expired));
        (await KindsAsync(session.Id)).Should().NotContain(SessionEventKind.GuestLeft);
        await desk.Get<GuestSweep>().RunAsync(default);
        var left = (await EventsAsync(session.Id))[^1];
        (left.Kind, left.Actor, left.Detail).Should().Be((SessionEventKind.GuestLeft, SessionActor.Timer, "Katherine"));
        (await desk.FindAsync(session.Id)).Guests!.Single().State.Should().Be(GuestState.Expired);
    }

    [Fact]
    public async Task Revoke_EndsTheVisitAtOnce_AndARepeatChangesNothing()
    {
        var (session, _) = await desk.CreateAsync();
        var token = await InviteAsync(session.Id);
        var joined = await JoinAsync(token);

        for (var i = 0; i < 2; i++)
            (await Guests.RevokeAsync(desk.Ada, session.Id, joined.Guest.Id)).Should().BeOfType<SessionResult.Done>();

        (await Visits.FindAsync(session.Id, joined.Key)).Should().BeOfType<GuestAnswer.Over>().Which.Guest.State.Should().Be(GuestState.Revoked);
        (await Visits.LookUpAsync(token)).Should().BeOfType<GuestLookup.BadLink>().Which.Reason.Should().Be(GuestRefusal.Revoked);
        (await KindsAsync(session.Id)).Should().Equal(
            SessionEventKind.Created, SessionEventKind.GuestInvited, SessionEventKind.GuestJoined, SessionEventKind.GuestLeft);
        (await Guests.RevokeAsync(desk.Ada, session.Id, "nobody")).Should().BeOfType<SessionResult.NotFound>();
        (await Guests.RevokeAsync(desk.Stranger, session.Id, joined.Guest.Id)).Should().BeOfType<SessionResult.NotFound>();
        Missing(await Guests.RevokeAsync(desk.Alan with { Groups = ["own"] }, session.Id, joined.Guest.Id)).Should().Be(ColleaguesSessions);
    }

    [Fact]
    public async Task InviteAndRevoke_InWhatIsEverybodys_TakeTheRightToGuestsAlone_UntilSomebodyHasTakenIt()
    {
        using var everybodys = new SupportDesk(options =>
        {
            options.Requests.IsEnabled = true;
            options.Permissions.Groups.Add(new() { Name = "own", Grants = [PrivateSessions, InviteGuests], Denials = [ColleaguesSessions] });
        });
        var (alan, guests) = (everybodys.Alan with { Groups = ["own"] }, everybodys.Get<SupportGuests>());
        var asked = (AskResult.Asked)await everybodys.Get<CustomerRequests>().AskAsync(new(everybodys.Ada.Tenant, "Grace Hopper", "The printer"));
        var (id, joined) = (asked.Session.Id, await everybodys.JoinAsync(asked.Link!));
        await everybodys.Applets.ReadyAsync(id, joined.Key, null, null);

        var invited = (await guests.InviteAsync(alan, id, new("Katherine"))).Should().BeOfType<SessionResult.Invited>().Subject;
        (await guests.RevokeAsync(alan, id, invited.Guest.Id)).Should().BeOfType<SessionResult.Done>().Which.Session.Guests!.Single().State.Should().Be(GuestState.Revoked);

        await everybodys.Technicians.StartAsync(everybodys.Ada, id);
        Missing(await guests.InviteAsync(alan, id, new("Katherine"))).Should().Be(ColleaguesSessions);
        Missing(await guests.RevokeAsync(alan, id, invited.Guest.Id)).Should().Be(ColleaguesSessions);
    }

    [Fact]
    public async Task Revoke_InWhatAColleagueHasTakenMeanwhile_IsRefusedAndEndsNothing()
    {
        Func<Task> meanwhile = () => Task.CompletedTask;
        using var shared = new SupportDesk(register: services => services.AddSingleton<PermissionPolicy>(new LatePolicy("ada", () => meanwhile())));
        var guests = shared.Get<SupportGuests>();
        var (id, _, _) = await shared.WaitingAsync();
        var invited = (SessionResult.Invited)await guests.InviteAsync(shared.Ada, id, new("Katherine"));
        meanwhile = () => shared.Technicians.StartAsync(shared.Alan, id).AsTask();

        Missing(await guests.RevokeAsync(shared.Ada, id, invited.Guest.Id)).Should().Be(ColleaguesSessions);

        (await shared.FindAsync(id)).Guests!.Single().State.Should().Be(GuestState.Invited);
    }

    [Fact]
    public async Task Leave_EndsTheVisitForGood()
    {
        var (session, _) = await desk.CreateAsync();
        var token = await InviteAsync(session.Id);
        var joined = await JoinAsync(token);

        (await Visits.LeaveAsync(session.Id, joined.Key)).Should().BeOfType<GuestAnswer.Over>().Which.Guest.State.Should().Be(GuestState.Left);

        (await Visits.JoinAsync(token, "Katherine", "browser")).Should().Be(new GuestJoinResult.BadLink(GuestRefusal.Left));
        var left = (await EventsAsync(session.Id))[^1];
        (left.Kind, left.Actor, left.Detail).Should().Be((SessionEventKind.GuestLeft, SessionActor.Guest, "Katherine"));
    }

    [Fact]
    public async Task End_OfTheSession_EndsTheVisit()
    {
        var (session, _) = await desk.CreateAsync();
        var token = await InviteAsync(session.Id);
        var joined = await JoinAsync(token);

        await desk.Technicians.RevokeAsync(desk.Ada, session.Id);

        (await Visits.FindAsync(session.Id, joined.Key)).Should().BeOfType<GuestAnswer.Over>().Which.Guest.State.Should().Be(GuestState.Ended);
        (await Visits.LookUpAsync(token)).Should().BeOfType<GuestLookup.BadLink>().Which.Reason.Should().Be(GuestRefusal.Ended);
    }

    [Fact]
    public async Task LookUp_ByTheCustomersToken_FindsNothing()
    {
        var (_, link) = await desk.CreateAsync();
        GuestToken.TryParse(link.Token!.Text, out var token).Should().BeTrue();

        (await Visits.LookUpAsync(token!)).Should().Be(new GuestLookup.BadLink(GuestRefusal.Invalid, null));
    }

    [Fact]
    public async Task Watch_TellsTheGuestWhatHappens_UntilTheVisitIsOver()
    {
        var (id, _, _) = await desk.WaitingAsync();
        var joined = await JoinAsync(await InviteAsync(id));
        using var watch = await Visits.OpenWatchAsync(id, null, TestContext.Current.CancellationToken);
        await desk.Technicians.StartAsync(desk.Ada, id);
        await Guests.RevokeAsync(desk.Ada, id, joined.Guest.Id);

        var seen = new List<GuestAnswer>();
        await foreach (var update in watch.ReadAsync(TestContext.Current.CancellationToken))
        {
            seen.Add(Visits.See(joined.Key, update));
            if (update.Event.Kind == SessionEventKind.GuestLeft)
                break;
        }

        seen[^1].Should().BeOfType<GuestAnswer.Over>();
    }

    private async Task<GuestToken> InviteAsync(SessionId id, string name = "Katherine Johnson", int? minutes = null) =>
        TokenOf(await Guests.InviteAsync(desk.Ada, id, new(name, minutes is { } m ? TimeSpan.FromMinutes(m) : null)));

    private async Task<GuestJoinResult.Joined> JoinAsync(GuestToken token) =>
        (await Visits.JoinAsync(token, "Katherine", "browser")).Should().BeOfType<GuestJoinResult.Joined>().Subject;

    private async Task<GuestAnswer.Present> PresentAsync(SessionId id, GuestKey key) =>
        (await Visits.FindAsync(id, key)).Should().BeOfType<GuestAnswer.Present>().Subject;

    private async Task<IReadOnlyList<SessionEvent>> EventsAsync(SessionId id) => (await desk.Directory.FindDetailsAsync(desk.Ada, id))!.History.Events;

    private async Task<IEnumerable<SessionEventKind>> KindsAsync(SessionId id) => (await EventsAsync(id)).Select(happened => happened.Kind);

    private static GuestToken TokenOf(SessionResult invited) =>
        GuestToken.TryParse(invited.Should().BeOfType<SessionResult.Invited>().Which.Link.Query["?k=".Length..], out var token) ? token : throw new InvalidOperationException("There is no token.");

    private static ConnectionRight Missing(SessionResult refused) =>
        refused.Should().BeOfType<SessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.Forbidden>().Which.Decision.Missing.Single().Right;

    /// <summary>A host's own rules, which keep one technician from colleagues' sessions and take a while about it.</summary>
    private sealed class LatePolicy(string bound, Func<Task> meanwhile) : PermissionPolicy
    {
        public override async ValueTask<PermissionDecision> DecideAsync(
            Technician technician, IReadOnlyCollection<ConnectionRight> rights, CancellationToken cancellationToken = default)
        {
            if (technician.Id != bound || !rights.Contains(ColleaguesSessions))
                return PermissionDecision.Allowed;
            await meanwhile();
            return new([new(ColleaguesSessions, MissingRightReason.NotGranted)]);
        }
    }
}

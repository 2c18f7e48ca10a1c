using Rescue.Sessions.Invitations;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests;

public sealed class SupportSessionsTests : IDisposable
{
    private readonly SupportDesk desk = new();

    private SupportSessions Technicians => desk.Technicians;

    public void Dispose() => desk.Dispose();

    [Fact]
    public async Task Create_ByPin_MakesAConnectingSession()
    {
        var created = (CreateSessionResult.Created)await desk.Invitations.CreateAsync(desk.Ada, new("  Grace Hopper ") { Reference = " T-1 " });

        created.IsRepeat.Should().BeFalse();
        created.Session.Should().Be(new Session
        {
            Id = created.Session.Id, Tenant = "default", CustomerName = "Grace Hopper", Reference = "T-1", CreatedBy = new("ada", "Ada Lovelace"),
            CreatedAt = SupportDesk.Morning, Timeouts = created.Session.Timeouts, StatusSince = SupportDesk.Morning, ExpiresAt = SupportDesk.Morning.AddMinutes(20),
            Deadline = new(SupportDesk.Morning.AddMinutes(20), SessionTrigger.Expire),
            Alarm = new(SupportDesk.Morning.AddMinutes(10), 1),
        });
        created.Link!.ToUri().AbsoluteUri.Should().StartWith("https://help.example.org/Customer/Code.aspx?i=2&Code=");
    }

    [Theory]
    [InlineData("", null, "customerName")]
    [InlineData("   ", null, "customerName")]
    [InlineData("a\nb", null, "customerName")]
    [InlineData("a\u202Eb", null, "customerName")]
    [InlineData("a\u2066b", "a\r\nb", "customerName reference")]
    [InlineData("Grace", "a\r\nb", "reference")]
    public async Task Create_UnfitInput_IsAnsweredByFieldAndStoresNothing(string name, string? reference, string fields)
    {
        var result = await desk.Invitations.CreateAsync(desk.Ada, new(name) { Reference = reference });

        result.Should().BeOfType<CreateSessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.Invalid>().Which.Problems.Select(problem => problem.Field).Should().Equal(fields.Split(' '));
        (await desk.Directory.ListAsync(new() { Tenant = desk.Ada.Tenant })).Should().BeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    [InlineData("ada")]
    public async Task Transfer_ToNobodyElse_IsAnsweredByField(string? to)
    {
        var (session, _) = await desk.InviteAsync();

        var result = await Technicians.TransferAsync(desk.Ada, session.Id, to);

        result.Should().BeOfType<SessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.Invalid>().Which.Problems.Should().ContainSingle().Which.Field.Should().Be("to");
    }

    [Fact]
    public void Validate_SeveralProblems_NamesEachField()
    {
        var input = new NewSession(new string('x', 129))
        {
            Reference = new string('x', 65), IdempotencyKey = "with space", Invitation = new() { Delivery = EmailDelivery.OnMyBehalf },
        };

        input.Problems().Select(problem => problem.Field).Should().Equal("customerName", "reference", "Idempotency-Key", "email.to");
        new NewSession("زهرا\u200cخانم") { IdempotencyKey = new string('~', 255), Reference = new string('x', 64) }.Problems().Should().BeEmpty();
    }

    [Fact]
    public void Validate_LoneSurrogate_IsRefusedWhileAPairIsFine()
    {
        // Not in a theory: metadata is UTF-8, which cannot carry a lone surrogate either.
        new NewSession("a\ud800b").Problems().Should().ContainSingle();
        new NewSession("a\ud83d\ude00b").Problems().Should().BeEmpty();
    }

    [Fact]
    public async Task Create_InvitationWithoutComposer_Throws()
    {
        var input = new NewSession("Grace") { Invitation = new() { Delivery = EmailDelivery.DefaultMailClient } };

        await desk.Invitations.Invoking(t => t.CreateAsync(desk.Ada, input).AsTask()).Should().ThrowAsync<ArgumentException>();
        await desk.Invitations.Invoking(t => t.CreateAsync(desk.Ada, new("Grace"), SupportDesk.Compose).AsTask()).Should().ThrowAsync<ArgumentException>();
    }

    [Theory]
    [InlineData(null, false, "PrivateSessions PinConnection")]
    [InlineData(EmailDelivery.OnMyBehalf, false, "PrivateSessions EmailConnection EmailOnBehalf")]
    [InlineData(EmailDelivery.DefaultMailClient, true, "PrivateSessions EmailConnection EmailDefaultClient MobileAddOn")]
    public async Task Create_WithoutRights_NamesEachAndStoresNothing(EmailDelivery? delivery, bool mobile, string rights)
    {
        var nobody = new Technician("bob", "Bob") { Groups = ["gone"] };
        var input = new NewSession("Grace")
        {
            Invitation = delivery is { } d ? new() { Delivery = d, To = "g@example.org", ForMobileDevice = mobile } : null,
        };

        var result = await desk.Invitations.CreateAsync(nobody, input, delivery is null ? null : SupportDesk.Compose);

        result.Should().BeOfType<CreateSessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.Forbidden>().Which.Decision.Missing
            .Should().Equal(rights.Split(' ').Select(right => new MissingRight(Enum.Parse<ConnectionRight>(right), MissingRightReason.NoGroup)));
        (await desk.Directory.ListAsync(new() { Tenant = nobody.Tenant })).Should().BeEmpty();
    }

    [Fact]
    public async Task Create_SameIdempotencyKey_GivesTheSameSessionAndLink()
    {
        var input = new NewSession("Grace") { IdempotencyKey = "click" };
        var first = (CreateSessionResult.Created)await desk.Invitations.CreateAsync(desk.Ada, input);

        var repeat = (CreateSessionResult.Created)await desk.Invitations.CreateAsync(desk.Ada, input);
        var others = (CreateSessionResult.Created)await desk.Invitations.CreateAsync(desk.Alan, input);

        repeat.IsRepeat.Should().BeTrue();
        repeat.Session.Should().Be(first.Session);
        repeat.Link!.ToUri().Should().Be(first.Link!.ToUri());
        others.IsRepeat.Should().BeFalse();
        others.Session.Id.Should().NotBe(first.Session.Id);
    }

    [Fact]
    public async Task Create_RepeatAfterTheCodeIsOver_HasNoLink()
    {
        var input = new NewSession("Grace") { IdempotencyKey = "click" };
        await desk.Invitations.CreateAsync(desk.Ada, input);
        desk.Time.Advance(TimeSpan.FromMinutes(20));

        var repeat = (CreateSessionResult.Created)await desk.Invitations.CreateAsync(desk.Ada, input);

        repeat.Link.Should().BeNull();
        repeat.Session.End.Should().Be(SessionEnd.Expired);
    }

    [Fact]
    public async Task Create_IssueLimit_IsPerTechnicianAndComesBack()
    {
        using var strict = new SupportDesk(options => options.Codes.IssueLimit = 2);
        await strict.CreateAsync();
        await strict.CreateAsync();

        (await strict.Invitations.CreateAsync(strict.Ada, new("Grace"))).Should().BeOfType<CreateSessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.TooMany>();
        (await strict.Invitations.CreateAsync(strict.Alan, new("Grace"))).Should().BeOfType<CreateSessionResult.Created>();
        strict.Time.Advance(TimeSpan.FromMinutes(2));
        (await strict.Invitations.CreateAsync(strict.Ada, new("Grace"))).Should().BeOfType<CreateSessionResult.Created>();
    }

    [Theory]
    [InlineData(EmailDelivery.OnMyBehalf, " GRACE@example.org", true)]
    [InlineData(EmailDelivery.OnMyBehalf, "alan@example.org", false)]
    [InlineData(EmailDelivery.DefaultMailClient, "grace@example.org", false)]
    public async Task Create_RecipientLimit_CountsWhatTheServiceSendsToOneAddress(EmailDelivery delivery, string to, bool refused)
    {
        using var strict = new SupportDesk(options => options.Invitations.RecipientLimit = 1);
        await strict.InviteAsync();

        var result = await strict.Invitations.CreateAsync(
            strict.Alan, new("Grace") { Invitation = new() { Delivery = delivery, To = to } }, SupportDesk.Compose);

        (result is CreateSessionResult.Refused { Reason: Refusal.TooMany }).Should().Be(refused);
    }

    [Fact]
    public async Task EverythingElse_ByAnotherTenant_FindsNoSession()
    {
        var (id, _, _) = await desk.WaitingAsync();
        var (invited, _) = await desk.InviteAsync();
        var stranger = desk.Stranger;

        (await desk.Directory.FindAsync(stranger, id)).Should().BeNull();
        (await desk.Directory.FindLinkAsync(stranger, invited.Id)).Should().BeNull();
        (await desk.Directory.FindDetailsAsync(stranger, id)).Should().BeNull();
        (await desk.Directory.ListAsync(new() { Tenant = stranger.Tenant })).Should().BeEmpty();
        (await Technicians.StartAsync(stranger, id)).Should().BeOfType<SessionResult.NotFound>();
        (await Technicians.CloseAsync(stranger, id)).Should().BeOfType<SessionResult.NotFound>();
        (await Technicians.RevokeAsync(stranger, id)).Should().BeOfType<SessionResult.NotFound>();
        (await desk.Invitations.ResendAsync(stranger, invited.Id, SupportDesk.Compose)).Should().BeOfType<SessionResult.NotFound>();
        (await Technicians.StartAsync(desk.Ada, SessionId.New(SupportDesk.Morning))).Should().BeOfType<SessionResult.NotFound>();
        (await desk.FindAsync(id)).Status.Should().Be(SessionStatus.Waiting);
    }

    [Fact]
    public async Task Start_ManyAtOnce_HasOneWinnerAndTheOthersLearnWhoAndWhen()
    {
        var (id, _, _) = await desk.WaitingAsync();
        desk.Time.Advance(TimeSpan.FromMinutes(2));
        var racers = Enumerable.Range(0, 64).Select(i => new Technician($"t{i}", $"Technician {i}") { Groups = ["support"] }).ToArray();

        var results = await Task.WhenAll(racers.Select(racer => Task.Run(async () => await Technicians.StartAsync(racer, id))));

        var winner = results.OfType<SessionResult.Done>().Should().ContainSingle().Subject.Session;
        winner.Status.Should().Be(SessionStatus.Active);
        results.OfType<SessionResult.AlreadyStarted>().Should().HaveCount(63)
            .And.OnlyContain(loser => loser.StartedBy == winner.Owner && loser.StartedAt == SupportDesk.Morning.AddMinutes(2));
    }

    [Fact]
    public async Task Start_ByTheWinnerAgain_IsDoneAndChangesNothing()
    {
        var (id, _, _) = await desk.WaitingAsync();
        var first = (SessionResult.Done)await Technicians.StartAsync(desk.Ada, id);
        desk.Time.Advance(TimeSpan.FromMinutes(1));

        var again = (SessionResult.Done)await Technicians.StartAsync(desk.Ada, id);

        again.Session.Should().Be(first.Session);
        again.HandOver!.Text.Should().Be(first.HandOver!.Text);
    }

    [Fact]
    public async Task Start_BeforeTheCustomerWaits_SaysWhatIsPermitted()
    {
        var (session, _) = await desk.CreateAsync();

        (await Technicians.StartAsync(desk.Ada, session.Id)).Should().BeOfType<SessionResult.NotPermitted>()
            .Which.Permitted.Should().BeEquivalentTo([SessionTrigger.Close, SessionTrigger.Revoke]);
    }

    [Fact]
    public async Task Close_Twice_IsNotPermittedTheSecondTime()
    {
        var (id, _, _) = await desk.WaitingAsync();

        (await Technicians.CloseAsync(desk.Alan, id)).Should().BeOfType<SessionResult.Done>().Which.Session.End.Should().Be(SessionEnd.ByTechnician);
        (await Technicians.CloseAsync(desk.Alan, id)).Should().BeOfType<SessionResult.NotPermitted>().Which.Permitted.Should().BeEmpty();
    }

    [Fact]
    public async Task Revoke_UntilStarted_TakesTheCodeBack()
    {
        var (id, _, _) = await desk.WaitingAsync();
        (await Technicians.RevokeAsync(desk.Ada, id)).Should().BeOfType<SessionResult.Done>().Which.Session.End.Should().Be(SessionEnd.Revoked);

        var (active, _, _) = await desk.WaitingAsync();
        await Technicians.StartAsync(desk.Ada, active);
        (await Technicians.RevokeAsync(desk.Ada, active)).Should().BeOfType<SessionResult.NotPermitted>();
    }

    [Fact]
    public async Task TimePasses_WithoutAnySweep_EveryReadAndWriteKnows()
    {
        var (session, _) = await desk.InviteAsync();
        desk.Time.Advance(TimeSpan.FromMinutes(20));

        var found = await desk.FindAsync(session.Id);
        found.Should().Match<Session>(s => s.Status == SessionStatus.Closed && s.End == SessionEnd.Expired && s.InvitationState == InvitationState.Expired);
        found.StatusSince.Should().Be(SupportDesk.Morning.AddMinutes(20));
        (await desk.Directory.FindLinkAsync(desk.Ada, session.Id)).Should().BeNull();
        (await desk.Directory.ListAsync(new() { Tenant = "default" })).Should().Equal(found);
        (await desk.Directory.ListAsync(new() { Tenant = "default", Statuses = [SessionStatus.Connecting] })).Should().BeEmpty();
        (await Technicians.RevokeAsync(desk.Ada, session.Id)).Should().BeOfType<SessionResult.NotPermitted>().Which.Session.Should().Be(found);
        (await desk.Invitations.ResendAsync(desk.Ada, session.Id, SupportDesk.Compose)).Should().BeOfType<SessionResult.NotPermitted>();
    }

    [Fact]
    public async Task Resend_LiveCode_RepeatsTheSameLink()
    {
        var (session, link) = await desk.InviteAsync();
        Uri? resent = null;

        var result = await desk.Invitations.ResendAsync(desk.Alan, session.Id, (s, again) =>
        {
            resent = again.ToUri();
            return SupportDesk.Compose(s, again);
        });

        result.Should().BeOfType<SessionResult.Done>().Which.Session.Invitation!.State.Should().Be(InvitationState.Queued);
        resent.Should().Be(link.ToUri());
        (await desk.Directory.FindDetailsAsync(desk.Ada, session.Id))!.History.Events[^1].Should()
            .Match<SessionEvent>(e => e.Kind == SessionEventKind.Invitation && e.By == desk.Alan.Reference);
    }

    [Fact]
    public async Task Resend_JoinedOrWithoutInvitation_IsNotPermitted()
    {
        var (session, link) = await desk.InviteAsync();
        await desk.JoinAsync(link);
        var (byPin, _) = await desk.CreateAsync();

        (await desk.Invitations.ResendAsync(desk.Ada, session.Id, SupportDesk.Compose)).Should().BeOfType<SessionResult.NotPermitted>();
        (await desk.Invitations.ResendAsync(desk.Ada, byPin.Id, SupportDesk.Compose)).Should().BeOfType<SessionResult.NotPermitted>();
    }

    [Fact]
    public async Task Resend_WithoutTheRightsOfTheFirstSending_IsForbidden()
    {
        var (session, _) = await desk.InviteAsync(new() { Delivery = EmailDelivery.OnMyBehalf, To = "g@example.org", ForMobileDevice = true });

        (await desk.Invitations.ResendAsync(new("bob", "Bob"), session.Id, SupportDesk.Compose)).Should().BeOfType<SessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.Forbidden>()
            .Which.Decision.Missing.Select(missing => missing.Right).Should().Equal(
                ConnectionRight.PrivateSessions, ConnectionRight.EmailConnection, ConnectionRight.EmailOnBehalf, ConnectionRight.MobileAddOn,
                ConnectionRight.ColleaguesSessions);
    }

    [Fact]
    public async Task Resend_OverTheRecipientLimit_IsTooMany()
    {
        using var strict = new SupportDesk(options => options.Invitations.RecipientLimit = 2);
        var (session, _) = await strict.InviteAsync();
        await strict.Invitations.ResendAsync(strict.Ada, session.Id, SupportDesk.Compose);

        (await strict.Invitations.ResendAsync(strict.Ada, session.Id, SupportDesk.Compose)).Should().BeOfType<SessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.TooMany>();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(201)]
    public async Task List_LimitOutOfRange_Throws(int limit) =>
        await desk.Directory.Invoking(t => t.ListAsync(new() { Tenant = "default", Limit = limit }).AsTask()).Should().ThrowAsync<ArgumentOutOfRangeException>();

    [Fact]
    public async Task Watch_AfterASequence_GoesOnWithTheTenantsEventsAlone()
    {
        var (id, _, _) = await desk.WaitingAsync();
        await desk.CreateAsync(desk.Stranger);
        await Technicians.StartAsync(desk.Ada, id);
        var seen = new List<SessionEvent>();

        await foreach (var happened in desk.Events.WatchAsync(desk.Ada, after: 1).WithCancellation(TestContext.Current.CancellationToken))
        {
            seen.Add(happened);
            if (happened.Trigger == SessionTrigger.Start)
                break;
        }

        seen.Select(e => e.Trigger).Should().Equal(SessionTrigger.Join, SessionTrigger.Ready, SessionTrigger.Start);
    }
}

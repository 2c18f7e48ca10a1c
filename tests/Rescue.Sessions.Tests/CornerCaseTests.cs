using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rescue.Sessions.Guessing;
using Rescue.Sessions.Outbox;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Deadlines;
using Rescue.Sessions.Hosting;
using Rescue.Sessions.Joining;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests;

/// <summary>Corners in which an earlier version went wrong.</summary>
public sealed class CornerCaseTests
{
    [Fact]
    public async Task Join_ExpiredCodeTried_KeepsSayingExpired()
    {
        using var desk = new SupportDesk();
        var (session, link) = await desk.CreateAsync();
        desk.Time.Advance(TimeSpan.FromMinutes(20));
        await desk.Get<OverdueSweep>().RunAsync(default);
        await desk.Customers.JoinAsync(link.Token!, null);

        await desk.Get<TriedCodes>().RecordAsync(default);

        (await desk.FindAsync(session.Id)).End.Should().Be(SessionEnd.Expired);
        (await desk.Customers.JoinAsync(link.Token!, null)).Should().Be(new JoinResult.BadCode(JoinRefusal.Expired));
    }

    [Fact]
    public async Task Join_UsedCodeTriedInABurst_IsNotedOnce()
    {
        using var desk = new SupportDesk();
        var (session, link) = await desk.CreateAsync();
        await desk.JoinAsync(link, "applet-1");
        for (var i = 0; i < 5; i++)
            await desk.Customers.JoinAsync(link.Token!, "applet-2");

        await desk.Get<TriedCodes>().RecordAsync(default);

        (await desk.Directory.FindDetailsAsync(desk.Ada, session.Id))!.History.Events.Count(e => e.Kind == SessionEventKind.CodeTried).Should().Be(1);
    }

    [Fact]
    public async Task Join_UsedCodeTried_IsNoSignOfLifeOfTheApplet()
    {
        using var desk = new SupportDesk();
        var (session, link) = await desk.CreateAsync();
        await desk.JoinAsync(link, "applet-1");
        desk.Time.Advance(TimeSpan.FromMinutes(5));
        await desk.Customers.JoinAsync(link.Token!, "applet-2");

        await desk.Get<TriedCodes>().RecordAsync(default);

        (await desk.FindAsync(session.Id)).LastSeenAt.Should().Be(SupportDesk.Morning);
    }

    [Fact]
    public async Task Guess_AfterRetryAfter_IsLookedAt()
    {
        using var desk = new SupportDesk(options => options.Guessing.PerAddress = 3);
        var attempt = new PinAttempt(PinCode.Parse("000000000000"), null);
        for (var i = 0; i < 3; i++)
            await desk.Customers.JoinAsync(attempt, null);
        var refused = (JoinResult.Refused)await desk.Customers.JoinAsync(attempt, null);

        desk.Time.Advance(refused.Reason.RetryAfter);

        (await desk.Customers.JoinAsync(attempt, null)).Should().BeOfType<JoinResult.BadCode>();
    }

    [Fact]
    public async Task List_PagesOfSessionsMadeAtOneMoment_MissNone()
    {
        using var desk = new SupportDesk();
        for (var i = 0; i < 20; i++)
            await desk.CreateAsync();
        var query = new SessionQuery { Tenant = "default", Limit = 3 };
        var seen = new List<SessionId>();
        for (var page = await desk.Directory.ListAsync(query); !page.IsEmpty; page = await desk.Directory.ListAsync(query with { After = seen[^1] }))
            seen.AddRange(page.Select(s => s.Id));

        seen.Should().HaveCount(20);
    }

    [Fact]
    public async Task Resend_RevokedMeanwhile_IsNotPermitted()
    {
        using var desk = new SupportDesk();
        var (session, _) = await desk.InviteAsync();

        var result = await desk.Invitations.ResendAsync(desk.Ada, session.Id, (s, link) =>
        {
            desk.Technicians.RevokeAsync(desk.Alan, s.Id).AsTask().GetAwaiter().GetResult();
            return SupportDesk.Compose(s, link);
        });

        result.Should().BeOfType<SessionResult.NotPermitted>();
        (await desk.FindAsync(session.Id)).End.Should().Be(SessionEnd.Revoked);
    }

    [Fact]
    public async Task Create_RepeatWithTheLimitSpent_StillGivesTheSession()
    {
        using var desk = new SupportDesk(options => options.Codes.IssueLimit = 1);
        var input = new NewSession("Grace") { IdempotencyKey = "click" };
        await desk.Invitations.CreateAsync(desk.Ada, input);

        (await desk.Invitations.CreateAsync(desk.Ada, input)).Should().BeOfType<CreateSessionResult.Created>().Which.IsRepeat.Should().BeTrue();
    }

    [Fact]
    public void Validate_KeyTwice_IsRefused()
    {
        var options = new RescueSessionsOptions();
        options.Codes.PublicBaseUri = new("https://h/");
        var key = Convert.ToBase64String(new byte[32]);
        options.Codes.Keys.Add(key);
        options.Codes.Keys.Add(key);

        new RescueSessionsOptionsValidator(new InMemorySessionStore()).Validate(null, options).Failed.Should().BeTrue();
    }

    [Fact]
    public async Task FindOverdue_DeadlineWithANewTriggerAtTheSameTime_IsFoundOnce()
    {
        using var desk = new SupportDesk(options => options.Codes.Validity = TimeSpan.FromMinutes(30));
        var (_, link) = await desk.CreateAsync();
        await desk.JoinAsync(link);
        desk.Time.Advance(TimeSpan.FromMinutes(30));

        (await desk.Store.FindOverdueAsync(desk.Time.GetUtcNow(), 10)).Should().ContainSingle();
    }

    [Fact]
    public async Task Watch_SessionCloses_Ends()
    {
        using var desk = new SupportDesk();
        var (id, _, key) = await desk.WaitingAsync();
        await desk.Applets.LeaveAsync(id, key);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        await foreach (var _ in desk.Applets.WatchAsync(id, 0, patience.Token))
        {
        }
    }

    [Fact]
    public void TimeIn_EventsOfNodesWithDifferentClocks_IsNotNegative()
    {
        SessionEvent At(int second, SessionStatus to) => new()
        {
            Session = SessionId.New(SupportDesk.Morning), Tenant = "t", At = SupportDesk.Morning.AddSeconds(second), Kind = SessionEventKind.Transition,
            Actor = SessionActor.Service, From = to, To = to,
        };

        new SessionHistory([At(5, SessionStatus.Waiting), At(3, SessionStatus.Active)])
            .TimeIn(SessionStatus.Waiting, SupportDesk.Morning.AddMinutes(1)).Should().BeGreaterThanOrEqualTo(TimeSpan.Zero);
    }

    [Fact]
    public async Task Ready_Repeated_ChangesNothing()
    {
        using var desk = new SupportDesk();
        var (id, _, key) = await desk.WaitingAsync();
        var before = await desk.FindAsync(id);

        await desk.Applets.ReadyAsync(id, key, "GRACE-PC", null);

        (await desk.FindAsync(id)).Version.Should().Be(before.Version);
    }

    [Fact]
    public void Validate_ChildOfACircle_IsNotCalledItsOwnAncestor()
    {
        var options = new RescueSessionsOptions();
        options.Codes.PublicBaseUri = new("https://h/");
        options.Permissions.Groups.Add(new() { Name = "leaf", Parent = "a" });
        options.Permissions.Groups.Add(new() { Name = "a", Parent = "b" });
        options.Permissions.Groups.Add(new() { Name = "b", Parent = "a" });

        new RescueSessionsOptionsValidator(new InMemorySessionStore()).Validate(null, options).Failures.Should().NotContain(f => f.Contains("'leaf' is its own"));
    }

    [Fact]
    public async Task Join_UnfitInstanceWithAPin_CostsNoGuess()
    {
        using var desk = new SupportDesk(options => options.Guessing.PerAddress = 1);
        var (_, link) = await desk.CreateAsync();
        await desk.Customers.Invoking(c => c.JoinAsync(new PinAttempt(link.Pin, null), "not fit").AsTask()).Should().ThrowAsync<ArgumentException>();

        (await desk.Customers.JoinAsync(new PinAttempt(link.Pin, null), "fit")).Should().BeOfType<JoinResult.Joined>();
    }

    [Fact]
    public async Task Join_ExpiredCodeTriedBeforeTheSweep_IsNoted()
    {
        using var desk = new SupportDesk();
        var (session, link) = await desk.CreateAsync();
        desk.Time.Advance(TimeSpan.FromMinutes(20));
        await desk.Customers.JoinAsync(link.Token!, null);

        await desk.Get<TriedCodes>().RecordAsync(default);

        (await desk.FindAsync(session.Id)).CodeTriedAt.Should().NotBeNull();
    }

    [Fact]
    public async Task Send_HandlerThrowsWithTheAddress_DoesNotLogIt()
    {
        using var recorder = new Telemetry.Recorder();
        using var desk = new SupportDesk(null, services =>
        {
            services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(recorder));
            services.AddSingleton<OutboxHandler>(new ScriptedHandler(() => throw new IOException("550 grace@example.org")));
        });
        await desk.InviteAsync();
        foreach (var claim in await desk.Store.ClaimAsync(desk.Time.GetUtcNow(), desk.Time.GetUtcNow().AddSeconds(30), 1))
            await desk.Get<OutboxSender>().SendAsync(claim);

        recorder.Logs.Should().NotContain(line => line.Contains("grace@example.org"));
    }
}

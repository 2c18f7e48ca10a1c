using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Guessing;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Joining;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Outbox;
using Rescue.Sessions.Telemetry;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Telemetry;

public sealed class SessionTelemetryTests
{
    private const string Name = "Quillfeather";
    private const string Address = "quill@secret.example";
    private const string Reference = "REF-4711-XYZ";
    private const string Host = "QUILL-LAPTOP";
    private const string Instance = "instance-of-quill";

    [Fact]
    public async Task WholeLife_EveryWordWritten_HoldsNoSecretAndNoPersonalData()
    {
        using var recorder = new Recorder();
        using var desk = Desk(recorder);
        var secrets = await LiveAsync(desk);

        recorder.Logs.Should().HaveCountGreaterThan(10, "the test should see what there is");
        recorder.Metrics.Should().NotBeEmpty();
        recorder.Activities.Should().NotBeEmpty();
        foreach (var line in recorder.Everything)
        {
            foreach (var secret in secrets)
                line.Should().NotContainEquivalentOf(secret);
        }
    }

    [Fact]
    public async Task Metrics_Tags_AreClosedVocabularies()
    {
        using var recorder = new Recorder();
        using var desk = Desk(recorder);
        await LiveAsync(desk);
        var known = Enum.GetNames<SessionTrigger>().Select(t => $"trigger:{t}")
            .Concat(Enum.GetNames<JoinRefusal>().Select(r => $"reason:{r}"))
            .Concat(["outcome:Sent", "outcome:Rejected", "outcome:Deferred", "outcome:Unknown"]).Append("kind:test");

        recorder.Metrics.SelectMany(metric => metric.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)).Should().BeSubsetOf(known);
        recorder.Metrics.Should().Contain(metric => metric.StartsWith("rescue.sessions.created=1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Metrics_OfMailsAndEvents_TellHowLongTheyTook()
    {
        using var recorder = new Recorder();
        using var desk = Desk(recorder);
        using var watch = await desk.Events.OpenWatchAsync(desk.Ada, null, TestContext.Current.CancellationToken);

        await LiveAsync(desk);
        await watch.ReadAsync(TestContext.Current.CancellationToken).FirstAsync(TestContext.Current.CancellationToken);
        // It is measured once the event has been handed out.
        await Soon.PassUntilAsync(desk.Time, TimeSpan.Zero, () => Task.FromResult(recorder.Metrics.Any(IsFeedDelay)));
        recorder.Observe();

        recorder.Metrics.Should().Contain("rescue.sessions.outbox_delay=60 kind:test", "it was deferred for a minute");
        recorder.Metrics.Should().Contain("rescue.sessions.listeners=1 ");
    }

    [Theory]
    [InlineData(SessionActor.Technician, SessionTrigger.Close, true)]
    [InlineData(SessionActor.Network, SessionTrigger.LoseConnection, true)]
    [InlineData(SessionActor.Timer, SessionTrigger.Expire, false)]
    [InlineData(SessionActor.Timer, SessionTrigger.HoldTimeOut, false)]
    [InlineData(SessionActor.Network, SessionTrigger.GoOffline, false)]
    public void Metrics_OfEvents_MeasureNothingFromADeadline(SessionActor actor, SessionTrigger trigger, bool isMeasured)
    {
        using var recorder = new Recorder();
        using var telemetry = new SessionTelemetry(NullLoggerFactory.Instance, recorder, TimeProvider.System);
        var happened = new SessionEvent
        {
            Session = SessionId.New(SupportDesk.Morning), Tenant = "default", At = SupportDesk.Morning, Kind = SessionEventKind.Transition, Trigger = trigger, Actor = actor,
            From = SessionStatus.OnHold, To = SessionStatus.Closed,
        };

        telemetry.Heard(happened, SupportDesk.Morning.AddHours(1));
        telemetry.EventHandled("crm", happened, SupportDesk.Morning.AddHours(1));

        recorder.Metrics.Count(metric => metric.Contains("_delay=3600", StringComparison.Ordinal)).Should().Be(isMeasured ? 2 : 0);
        recorder.Metrics.Should().Contain(metric => metric.StartsWith("rescue.sessions.subscription_events=1", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("rescue.sessions.outbox_delay")]
    [InlineData("rescue.sessions.feed_delay")]
    [InlineData("rescue.sessions.subscription_delay")]
    [InlineData("rescue.sessions.webhook_delay")]
    public void Metrics_OfDelays_TellWhatIsUsualFromWhatIsWatchedFor(string name)
    {
        using var recorder = new Recorder();
        using var telemetry = new SessionTelemetry(NullLoggerFactory.Instance, recorder, TimeProvider.System);
        var advised = new List<double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, recorder) && instrument is Histogram<double> { Name: var found, Advice: { } advice } && found == name)
                advised.AddRange(advice.HistogramBucketBoundaries!);
        };

        listener.Start();

        advised.Should().BeInAscendingOrder();
        advised.Should().Contain([2, 60], "docs/operating.md says to watch for them");
        advised.Count(bound => bound < 2).Should().BeGreaterThan(4, "that is where they are while all is well");
    }

    [Theory]
    [InlineData("join")]
    [InlineData("lookUp")]
    [InlineData("decline")]
    public async Task WrongPin_WhereverItIsTyped_IsCountedOnce(string where)
    {
        using var recorder = new Recorder();
        using var desk = Desk(recorder);
        var attempt = new PinAttempt(PinCode.Parse("000000000000"), IPAddress.Loopback);

        await (where switch
        {
            "join" => desk.Customers.JoinAsync(attempt, "applet-1").AsTask(),
            "lookUp" => desk.Customers.LookUpAsync(attempt).AsTask(),
            _ => (Task)desk.Customers.DeclineAsync(attempt).AsTask(),
        });

        recorder.Metrics.Should().Equal("rescue.sessions.join_refusals=1 reason:Invalid");
        recorder.Logs.Should().ContainSingle(line => line.StartsWith("4 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RightPinAndALinkThatIsLookedAt_AreNotCounted()
    {
        using var recorder = new Recorder();
        using var desk = Desk(recorder);
        var (session, link) = await desk.CreateAsync();
        await desk.Customers.LookUpAsync(new PinAttempt(link.Pin, IPAddress.Loopback));
        await desk.Technicians.RevokeAsync(desk.Ada, session.Id);

        await desk.Customers.LookUpAsync(link.Token!, link.Pin);

        recorder.Metrics.Should().NotContain(metric => metric.StartsWith("rescue.sessions.join_refusals", StringComparison.Ordinal), "scanners look at links too");
    }

    private static bool IsFeedDelay(string metric) => metric.StartsWith("rescue.sessions.feed_delay=", StringComparison.Ordinal);

    private static SupportDesk Desk(Recorder recorder) => new(
        options =>
        {
            options.Guessing.PerAddress = 2;
            // Twelve digits in a row do not occur in a session's id by chance.
            options.Codes.PinLength = 12;
        },
        services =>
        {
            services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(recorder)).AddSingleton<IMeterFactory>(recorder);
            services.AddSingleton<OutboxHandler>(new ScriptedHandler(
                ScriptedHandler.Answer(new OutboxOutcome.Deferred("451 later")), ScriptedHandler.Answer(new OutboxOutcome.Accepted())));
        });

    /// <summary>One session from its making to its end with everything that goes wrong on the way; answers what must be seen nowhere.</summary>
    private static async Task<IReadOnlyList<string>> LiveAsync(SupportDesk desk)
    {
        var input = new NewSession(Name)
        {
            Reference = Reference, IdempotencyKey = "key-" + Instance, Invitation = new() { Delivery = EmailDelivery.OnMyBehalf, To = Address },
        };
        await desk.Invitations.CreateAsync(new("bob", "Bob Quillfeather"), input, SupportDesk.Compose);
        var created = (CreateSessionResult.Created)await desk.Invitations.CreateAsync(desk.Ada, input, SupportDesk.Compose);
        var (id, link) = (created.Session.Id, created.Link!);
        for (var i = 0; i < 2; i++)
        {
            foreach (var claim in await desk.Store.ClaimAsync(desk.Time.GetUtcNow(), desk.Time.GetUtcNow() + LeaseKeeper.Lease, 10))
                await desk.Get<OutboxSender>().SendAsync(claim);
            desk.Time.Advance(TimeSpan.FromMinutes(1));
        }

        await desk.Customers.LookUpAsync(link.Token!, link.Pin);
        var first = await desk.JoinAsync(link, Instance);
        var second = (JoinResult.Joined)await desk.Customers.JoinAsync(new PinAttempt(link.Pin, IPAddress.Parse("192.0.2.77")), Instance);
        await desk.Applets.ReadyAsync(id, second.Key, Host, null);
        for (var i = 0; i < 4; i++)
            await desk.Customers.JoinAsync(new PinAttempt(link.Pin, IPAddress.Parse("192.0.2.77")), "other");
        await desk.Customers.JoinAsync(link.Token!, "other");
        await desk.Technicians.StartAsync(desk.Ada, id);
        await desk.Technicians.StartAsync(desk.Alan, id);
        await desk.Technicians.RevokeAsync(desk.Ada, id);
        await desk.Applets.LeaveAsync(id, second.Key);
        return
        [
            Name, Address, Reference, Host, Instance, "192.0.2.77", "secret.example", "Lovelace", "Turing",
            link.Pin.Digits, link.Token!.Text, first.Key.Text, second.Key.Text,
        ];
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Rescue.Sessions.Email.Smtp;
using Rescue.Sessions.Email.Storage;
using Rescue.Sessions.Health;
using Rescue.Sessions.Outbox;

namespace Rescue.Sessions.Email.Relay;

public sealed class MailHealthCheckTests
{
    private static readonly EmailAddress Sender = EmailAddress.Parse("support@acme.example");

    private readonly FakeTimeProvider time = new(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly MailRelay relay;
    private readonly MissingOrganizations missing;
    private readonly MailHealthCheck check;

    public MailHealthCheckTests()
    {
        relay = new(time, NullLogger.Instance);
        missing = new(time, NullLogger.Instance);
        check = new(relay, missing);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "default")]
    [InlineData("globex", "globex")]
    [InlineData("relay for grace@example.org", "another")]
    public async Task Outage_IsDegraded_WithServerReasonAndSince_UntilMailGoesOut(string lane, string name)
    {
        var before = await CheckAsync(check);
        relay.Note(lane, Sender, new DispatchResult.NotSent(NotSentCause.AuthenticationFailed, "The mail server refused the credentials (535 5.7.8).", CanRetry: false));
        var during = await CheckAsync(check);
        relay.Note(lane, Sender, new DispatchResult.Accepted("250 ok"));
        var after = await CheckAsync(check);

        before.Status.Should().Be(HealthStatus.Healthy);
        during.Status.Should().Be(HealthStatus.Degraded);
        during.Description.Should().Be(
            $"Mail by the server '{name}' has waited since 2026-11-23 12:00:00Z. The mail server refused the credentials (535 5.7.8). Correct the setting (event 102 in the log names the server); what waits goes out by itself.");
        during.Data.Should().ContainKey(name).WhoseValue.Should().Be("2026-11-23T12:00:00.0000000+00:00");
        after.Status.Should().Be(HealthStatus.Healthy);
    }

    [Theory]
    [InlineData("", "default", NotSentCause.CouldNotConnect)]
    [InlineData("globex", "globex", NotSentCause.TimedOut)]
    [InlineData("globex", "globex", NotSentCause.ConnectionLost)]
    [InlineData("10.0.0.1:587", "another", NotSentCause.ConnectionLost)]
    public async Task ServerAway_IsDegraded_WithReasonAndSince_AndNamesNoHost(string lane, string name, NotSentCause cause)
    {
        relay.Note(lane, Sender, Away(cause));
        time.Advance(TimeSpan.FromMinutes(1));
        relay.Note(lane, Sender, Away(cause));

        var result = await CheckAsync(check);

        result.Status.Should().Be(HealthStatus.Degraded);
        result.Description.Should().Be(
            $"Mail by the server '{name}' has failed since 2026-11-23 12:00:00Z. The mail server could not be reached. Look whether the server runs, and whether this machine can reach it (event 106 in the log names host and port); what waits is tried again by itself.");
        result.Data.Should().Equal(new Dictionary<string, object> { [name] = "2026-11-23T12:00:00.0000000+00:00" });
        result.Exception.Should().BeNull();
    }

    [Theory]
    [InlineData("accepted")]
    [InlineData("rejected")]
    [InlineData("deferred")]
    [InlineData("unknown")]
    public async Task ServerAway_ThatAnswersTheNextMessage_IsHealthyAgain(string answer)
    {
        relay.Note("", Sender, Away(NotSentCause.CouldNotConnect));
        relay.Note("globex", Sender, new DispatchResult.Accepted("250 ok"));
        var during = await CheckAsync(check);

        relay.Note("", Sender, answer switch
        {
            "accepted" => new DispatchResult.Accepted("250 ok"),
            "rejected" => new DispatchResult.Rejected(550, "5.1.1", "no such user"),
            "deferred" => new DispatchResult.Deferred(451, "4.7.1", "later", null),
            _ => new DispatchResult.Unknown("The connection was lost after the body was begun."),
        });

        during.Status.Should().Be(HealthStatus.Degraded, "what another server takes says nothing of this one");
        (await CheckAsync(check)).Status.Should().Be(HealthStatus.Healthy);
    }

    [Fact]
    public async Task ServerAway_ForLong_IsDegradedForAsLongAsMessagesFail_AndNotForEverBehindTheLast()
    {
        for (var minute = 0; minute < 30; minute++)
        {
            relay.Note("", Sender, Away(NotSentCause.CouldNotConnect));
            time.Advance(TimeSpan.FromMinutes(1));
            (await CheckAsync(check)).Status.Should().Be(HealthStatus.Degraded);
        }

        (await CheckAsync(check)).Description.Should().Contain("since 2026-11-23 12:00:00Z");
        time.Advance(TimeSpan.FromMinutes(9));
        (await CheckAsync(check)).Status.Should().Be(HealthStatus.Healthy, "another node has sent what waited, or nothing waits");
    }

    [Fact]
    public async Task SettingWrongAtAServerThatWasAway_IsToldOnce_AndBesideAnotherThatIsAway()
    {
        relay.Note("", Sender, Away(NotSentCause.CouldNotConnect));
        relay.Note("", Sender, new DispatchResult.NotSent(NotSentCause.TlsRefused, "Not trusted.", CanRetry: false));
        relay.Note("globex", Sender, Away(NotSentCause.TimedOut));

        var result = await CheckAsync(check);

        result.Description.Should().Match(
            "Mail by the server 'default' has waited since * Not trusted. Correct *. Mail by the server 'globex' has failed since * could not be reached. Look whether *");
        result.Data.Keys.Should().BeEquivalentTo("default", "globex");
    }

    [Fact]
    public async Task OrganizationMissing_IsDegraded_AsWhatItIs_UntilThatTenantsCanBeFound()
    {
        missing.Miss("acme", new IOException());
        missing.Miss("globex", new IOException());
        time.Advance(TimeSpan.FromMinutes(1));
        missing.Find("globex");
        relay.Note("", Sender, new DispatchResult.Accepted("250 ok"));
        var during = await CheckAsync(check);
        missing.Find("acme");

        during.Status.Should().Be(HealthStatus.Degraded, "what another tenant's mail comes to says nothing of this one's");
        during.Description.Should().StartWith("Mail of 1 tenant(s) has waited since 2026-11-23 12:00:00Z").And.Contain("FindOrganization").And.NotContain("acme").And.NotContain("server");
        (await CheckAsync(check)).Status.Should().Be(HealthStatus.Healthy);
    }

    [Fact]
    public async Task OrganizationMissing_ThatNothingMetForLong_IsForgotten()
    {
        missing.Miss("acme", new IOException());
        time.Advance(TimeSpan.FromMinutes(10));

        (await CheckAsync(check)).Status.Should().Be(HealthStatus.Healthy, "another node has sent what waited, or nothing waits");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ThousandServersInTrouble_AreToldInFewWords(bool canRetry)
    {
        for (var tenant = 0; tenant < 1_000; tenant++)
            relay.Note($"server-{tenant}", Sender, new DispatchResult.NotSent(NotSentCause.CouldNotConnect, "Away.", canRetry));

        var result = await CheckAsync(check);

        result.Description.Should().Contain("'server-0'").And.Contain("So has that of 990 more.");
        result.Description!.Length.Should().BeLessThan(2_000);
    }

    [Fact]
    public async Task ClosedPort_IsDegraded_UntilTheServerTakesTheNextMessage()
    {
        await using var sink = new SmtpSink(isOpen: false);
        await using var services = Services(sink);
        var mail = services.GetServices<HealthPart>().Single(part => part.Name == "rescue.mail").Check;

        (await SendAsync(services)).Should().BeOfType<OutboxOutcome.NotSent>("an outage says nothing of the message, and does not count");
        var during = await CheckAsync(mail);
        sink.Open();
        (await SendAsync(services)).Should().BeOfType<OutboxOutcome.Accepted>();
        var after = await CheckAsync(mail);

        during.Status.Should().Be(HealthStatus.Degraded);
        during.Description.Should().Contain("The mail server could not be reached.").And.NotContain("localhost").And.NotContain($"{sink.Port}");
        after.Status.Should().Be(HealthStatus.Healthy);
    }

    private ServiceProvider Services(SmtpSink sink)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(time);
        services.AddRescueSessions(options => options.Codes.PublicBaseUri = new("https://help.example.org/"))
            .AddEmail(options => options.SenderAddress = "support@example.org")
            .UseSmtp(options => (options.Host, options.Port, options.Security) = ("localhost", sink.Port, SmtpSecurity.None));
        return services.BuildServiceProvider();
    }

    private static Task<OutboxOutcome> SendAsync(IServiceProvider services) => services.GetServices<OutboxHandler>().OfType<EmailOutboxHandler>().Single()
        .SendAsync(SampleMessage.Create().Session!.Value, EmailMessageJson.ToUtf8Bytes(SampleMessage.Create()), Cancellation);

    private static DispatchResult.NotSent Away(NotSentCause cause) =>
        new(cause, "The mail server could not be reached.", CanRetry: true) { Diagnosis = "mail.example.com:587 could not be reached: Connection refused." };

    private static Task<HealthCheckResult> CheckAsync(IHealthCheck check) => check.CheckHealthAsync(new(), Cancellation);
}

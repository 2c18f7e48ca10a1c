using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Rescue.Sessions.Email.Relay;

public sealed class MailHealthCheckTests
{
    private static readonly EmailAddress Sender = EmailAddress.Parse("support@acme.example");

    [Theory]
    [InlineData("", "default")]
    [InlineData("globex", "globex")]
    public async Task Outage_IsDegraded_WithServerReasonAndSince_UntilMailGoesOut(string lane, string name)
    {
        var relay = new MailRelay(new FakeTimeProvider(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero)), NullLogger.Instance);
        var check = new MailHealthCheck(relay);
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

    private static Task<HealthCheckResult> CheckAsync(MailHealthCheck check) => check.CheckHealthAsync(new(), TestContext.Current.CancellationToken);
}

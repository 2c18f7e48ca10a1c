using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Rescue.Sessions.Email.Smtp;

namespace Rescue.Sessions.Email.Relay;

/// <summary>
/// Whether mail goes out: no mail server waits for somebody to correct a setting, and the latest message could be handed over to each. Until then technicians are
/// offered drafts, so that it is no reason to send requests elsewhere.
/// </summary>
/// <remarks>Health is told to anybody on many hosts: a server's host and port, and what the system said of it, are in the log alone.</remarks>
internal sealed class MailHealthCheck(MailRelay relay) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(Result());

    private HealthCheckResult Result()
    {
        var (outages, failures) = (relay.Outages, relay.Failures);
        if (outages.Count + failures.Count == 0)
            return HealthCheckResult.Healthy("No mail server refuses to serve, and none is away.");
        var words = new List<string>();
        if (outages.Count > 0)
        {
            words.AddRange(outages.Select(outage => Describe(outage.Lane, "waited", outage.Since, outage.Reason)));
            words.Add("Correct the setting (event 102 in the log names the server); what waits goes out by itself.");
        }

        if (failures.Count > 0)
        {
            words.AddRange(failures.Select(failure => Describe(failure.Lane, "failed", failure.Since, failure.Reason)));
            words.Add("Look whether the server runs, and whether this machine can reach it (event 106 in the log names host and port); what waits is tried again by itself.");
        }

        var data = outages.Select(outage => (outage.Lane, outage.Since)).Concat(failures.Select(failure => (failure.Lane, failure.Since)))
            .GroupBy(trouble => NameOf(trouble.Lane))
            .ToDictionary(lane => lane.Key, lane => (object)lane.Min(trouble => trouble.Since).ToString("O", CultureInfo.InvariantCulture));
        return HealthCheckResult.Degraded(string.Join(' ', words), data: data);
    }

    // A dispatcher of the host's own names its ways as it likes, by what not everybody may read.
    private static string NameOf(string lane) => lane.Length == 0 || SmtpServerName.IsFit(lane) ? MailRelay.NameOf(lane) : "another";

    // The reason has neither addresses nor secrets, and names the server's codes.
    private static string Describe(string lane, string what, DateTimeOffset since, string reason) =>
        string.Create(CultureInfo.InvariantCulture, $"Mail by the server '{NameOf(lane)}' has {what} since {since:u}. {reason}");
}

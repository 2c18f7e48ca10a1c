using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Rescue.Sessions.Email.Relay;

/// <summary>Whether mail waits for somebody to correct a setting. Until then technicians are offered drafts, so that it is no reason to send requests elsewhere.</summary>
internal sealed class MailHealthCheck(MailRelay relay) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(Result());

    private HealthCheckResult Result()
    {
        var outages = relay.Outages;
        if (outages.Count == 0)
            return HealthCheckResult.Healthy("No mail server refuses to serve.");
        var data = outages.GroupBy(outage => MailRelay.NameOf(outage.Lane))
            .ToDictionary(lane => lane.Key, lane => (object)lane.Min(outage => outage.Since).ToString("O", CultureInfo.InvariantCulture));
        return HealthCheckResult.Degraded(string.Join(" ", outages.Select(Describe)) + " Correct the setting (event 102 in the log names the server); what waits goes out by itself.", data: data);
    }

    // The reason has neither addresses nor secrets, and names the server's codes.
    private static string Describe(MailOutage outage) => string.Create(
        CultureInfo.InvariantCulture, $"Mail by the server '{MailRelay.NameOf(outage.Lane)}' has waited since {outage.Since:u}. {outage.Reason}");
}

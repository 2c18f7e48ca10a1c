using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Rescue.Sessions.Email.Smtp;

namespace Rescue.Sessions.Email.Relay;

/// <summary>
/// Whether mail goes out: no mail server waits for somebody to correct a setting, the latest message could be handed over to each, and no tenant's mail waits for its
/// organisation to be looked up. Until then technicians are offered drafts, so that it is no reason to send requests elsewhere.
/// </summary>
/// <remarks>Health is told to anybody on many hosts: a server's host and port, and what the system said of it, are in the log alone.</remarks>
internal sealed class MailHealthCheck(MailRelay relay, MissingOrganizations missing) : IHealthCheck
{
    // Each of a thousand tenants may have a server of its own, and nobody reads a thousand sentences.
    private const int MostTold = 10;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(Result());

    private HealthCheckResult Result()
    {
        var (outages, failures) = (relay.Outages, relay.Failures);
        var absences = missing.Current;
        if (outages.Count + failures.Count == 0 && absences is null)
            return HealthCheckResult.Healthy("No mail server refuses to serve, and none is away.");
        var words = new List<string>();
        if (outages.Count > 0)
        {
            words.AddRange(Describe(outages.Select(outage => (outage.Lane, outage.Since, outage.Reason)), "waited"));
            words.Add("Correct the setting (event 102 in the log names the server); what waits goes out by itself.");
        }

        if (failures.Count > 0)
        {
            words.AddRange(Describe(failures.Select(failure => (failure.Lane, failure.Since, failure.Reason)), "failed"));
            words.Add("Look whether the server runs, and whether this machine can reach it (event 106 in the log names host and port); what waits is tried again by itself.");
        }

        if (absences is { } waiting)
        {
            words.Add(string.Create(
                CultureInfo.InvariantCulture, $"Mail of {waiting.Tenants} tenant(s) has waited since {waiting.Since:u}, for what organisation they are cannot be looked up."));
            words.Add("Unless the store is away, see to FindOrganization (event 107 in the log names the tenants); what waits is tried again by itself.");
        }

        var data = outages.Select(outage => (outage.Lane, outage.Since)).Concat(failures.Select(failure => (failure.Lane, failure.Since)))
            .GroupBy(trouble => NameOf(trouble.Lane))
            .ToDictionary(lane => lane.Key, lane => (object)lane.Min(trouble => trouble.Since).ToString("O", CultureInfo.InvariantCulture));
        // No server's name has a space.
        if (absences is { Since: var since })
            data["organizations not found"] = since.ToString("O", CultureInfo.InvariantCulture);
        return HealthCheckResult.Degraded(string.Join(' ', words), data: data);
    }

    // A dispatcher of the host's own names its ways as it likes, by what not everybody may read.
    private static string NameOf(string lane) => lane.Length == 0 || SmtpServerName.IsFit(lane) ? MailRelay.NameOf(lane) : "another";

    private static IEnumerable<string> Describe(IEnumerable<(string Lane, DateTimeOffset Since, string Reason)> troubles, string what)
    {
        var all = troubles.OrderBy(trouble => trouble.Since).ToList();
        var told = all.Take(MostTold).Select(trouble => Describe(trouble.Lane, what, trouble.Since, trouble.Reason));
        return all.Count <= MostTold ? told : told.Append(string.Create(CultureInfo.InvariantCulture, $"So has that of {all.Count - MostTold} more."));
    }

    // The reason has neither addresses nor secrets, and names the server's codes.
    private static string Describe(string lane, string what, DateTimeOffset since, string reason) =>
        string.Create(CultureInfo.InvariantCulture, $"Mail by the server '{NameOf(lane)}' has {what} since {since:u}. {reason}");
}

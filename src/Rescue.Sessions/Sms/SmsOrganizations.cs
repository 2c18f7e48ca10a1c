using Rescue.Sessions.Organizations;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Sms;

/// <summary>
/// Whose texts are sent. Where an organisation cannot be looked up, such as by a function of the host's that fails, all of its tenant's texts wait, and the log is
/// told once, the same again every ten minutes, and that it is over. Thread-safe.
/// </summary>
internal sealed class SmsOrganizations(OrganizationDirectory organizations, TimeProvider time, SessionTelemetry telemetry)
{
    private static readonly TimeSpan Reminder = TimeSpan.FromMinutes(10);

    // As long as somebody may want to read that it is over.
    private static readonly TimeSpan Retention = TimeSpan.FromDays(1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Absence> absences = new(StringComparer.Ordinal);

    /// <summary>The tenant's organisation; null where it cannot be looked up at present.</summary>
    public async ValueTask<Organization?> FindAsync(string tenant, CancellationToken cancellationToken)
    {
        try
        {
            var found = await organizations.FindAsync(tenant, cancellationToken).ConfigureAwait(false);
            Find(tenant);
            return found;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            Miss(tenant, failure);
            return null;
        }
    }

    private void Miss(string tenant, Exception failure)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            foreach (var (former, _) in absences.Where(old => (now - old.Value.LatestAt).Duration() >= Retention).ToList())
                absences.Remove(former);
            var known = absences.GetValueOrDefault(tenant);
            var isTold = known is not null && (now - known.ToldAt).Duration() < Reminder;
            absences[tenant] = new(known?.Since ?? now, now, isTold ? known!.ToldAt : now);
            if (isTold)
                return;
        }

        telemetry.OrganizationMissing(tenant, failure);
    }

    private void Find(string tenant)
    {
        Absence? over;
        lock (gate)
            absences.Remove(tenant, out over);
        if (over is not null)
            telemetry.OrganizationFound(tenant, over.Since);
    }

    // A time in which one tenant's organisation cannot be looked up, and when the log was last told.
    private sealed record Absence(DateTimeOffset Since, DateTimeOffset LatestAt, DateTimeOffset ToldAt);
}

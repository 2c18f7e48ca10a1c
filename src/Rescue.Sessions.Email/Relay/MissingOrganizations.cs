using Microsoft.Extensions.Logging;
using Rescue.Sessions.Email.Telemetry;

namespace Rescue.Sessions.Email.Relay;

/// <summary>
/// The tenants whose mail waits because their organisation cannot be looked up, such as by a function of the host's that fails. No mail server is away then, and
/// what another tenant's mail comes to says nothing of it. Thread-safe.
/// </summary>
internal sealed class MissingOrganizations(TimeProvider time, ILogger logger)
{
    // As with a server that is away: one line tells of all of a tenant's mail, and comes again for those who look later.
    private static readonly TimeSpan Reminder = TimeSpan.FromMinutes(10);

    // What failed and was not tried here again since then waits no more, or another node has sent it.
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);

    // As long as somebody may want to read that it is over.
    private static readonly TimeSpan Retention = TimeSpan.FromDays(1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Absence> absences = new(StringComparer.Ordinal);

    /// <summary>Since when mail waits for an organisation, and of how many tenants; null where none does.</summary>
    public (DateTimeOffset Since, int Tenants)? Current
    {
        get
        {
            lock (gate)
            {
                List<Absence> remembered = [.. absences.Values.Where(IsRemembered)];
                return remembered.Count == 0 ? null : (remembered.Min(absence => absence.Since), remembered.Count);
            }
        }
    }

    /// <summary>Learns that a tenant's organisation could not be looked up.</summary>
    public void Miss(string tenant, Exception failure)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            foreach (var (former, _) in absences.Where(old => (now - old.Value.LatestAt).Duration() >= Retention).ToList())
                absences.Remove(former);
            var known = absences.GetValueOrDefault(tenant) is { } absence && IsRemembered(absence) ? absence : null;
            var isTold = known is not null && (now - known.ToldAt).Duration() < Reminder;
            absences[tenant] = new(known?.Since ?? now, now, isTold ? known!.ToldAt : now);
            if (isTold)
                return;
        }

        // What it throws may quote anything, so only its type is told.
        logger.OrganizationMissing(tenant, failure.GetType().Name);
    }

    /// <summary>Learns that a tenant's organisation could be looked up.</summary>
    public void Find(string tenant)
    {
        Absence? over;
        lock (gate)
            absences.Remove(tenant, out over);
        if (over is not null)
            logger.OrganizationFound(tenant, over.Since);
    }

    private bool IsRemembered(Absence absence) => (time.GetUtcNow() - absence.LatestAt).Duration() < Memory;

    // A time in which one tenant's organisation cannot be looked up, and when the log was last told.
    private sealed record Absence(DateTimeOffset Since, DateTimeOffset LatestAt, DateTimeOffset ToldAt);
}

using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Colleagues;

/// <summary>
/// Who the technicians of a tenant are: those of the host's own list where it gives one, else those who were seen. Thread-safe.
/// </summary>
internal sealed class KnownTechnicians(ITechnicianStore store, IOptionsMonitor<IColleagueOptions> options, TimeProvider time, SessionTelemetry telemetry)
{
    private const int Most = 1_000;

    // As many notes are kept by a node; then the old ones go.
    private const int MostNoted = 10_000;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<(string Tenant, string Id), (string Name, long At)> noted = [];

    /// <summary>Notes that a technician was seen; written at most once in five minutes, and when their name has changed.</summary>
    public ValueTask NoteAsync(Technician technician, CancellationToken cancellationToken)
    {
        var key = (technician.Tenant, technician.Id);
        var note = (technician.Name, time.GetTimestamp());
        // Of requests that come at once, one writes.
        var isNew = noted.TryGetValue(key, out var former)
            ? (former.Name != technician.Name || time.GetElapsedTime(former.At) >= Interval) && noted.TryUpdate(key, note, former)
            : noted.TryAdd(key, note);
        return isNew ? WriteAsync(technician, cancellationToken) : default;
    }

    /// <summary>The technicians of a tenant, by name; at most a thousand.</summary>
    public async ValueTask<ImmutableArray<Colleague>> ListAsync(string tenant, CancellationToken cancellationToken)
    {
        IEnumerable<Colleague> colleagues;
        if (options.CurrentValue.Technicians.Directory is { } directory)
        {
            var listed = (await directory(tenant, cancellationToken).ConfigureAwait(false)).DistinctBy(listed => listed.Id).Take(Most).ToImmutableArray();
            var found = await store.FindTechniciansAsync(tenant, [.. listed.Select(technician => technician.Id)], cancellationToken).ConfigureAwait(false);
            colleagues = found.Select((technician, i) => new Colleague(technician.Id, listed[i].Name, technician.Presence, technician.Active));
        }
        else
        {
            var seen = await store.ListTechniciansAsync(tenant, SeenSince, Most, cancellationToken).ConfigureAwait(false);
            colleagues = seen.Select(technician => new Colleague(technician.Id, technician.Name ?? technician.Id, technician.Presence, technician.Active));
        }

        return [.. colleagues.OrderBy(colleague => colleague.Name, StringComparer.CurrentCulture).ThenBy(colleague => colleague.Id, StringComparer.Ordinal)];
    }

    /// <summary>A technician who was seen, has a session or is in the host's list; null when nobody knows them.</summary>
    public async ValueTask<StoredTechnician?> FindAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        var found = (await store.FindTechniciansAsync(tenant, [id], cancellationToken).ConfigureAwait(false))[0];
        if (found.SeenAt >= SeenSince || found.HasSessions)
            return found;
        return options.CurrentValue.Technicians.Directory is { } directory
            && (await directory(tenant, cancellationToken).ConfigureAwait(false)).Any(listed => listed.Id == id) ? found : null;
    }

    private DateTimeOffset SeenSince =>
        options.CurrentValue.Retention.Technicians is var kept && kept == TimeSpan.Zero ? DateTimeOffset.MinValue : time.GetUtcNow() - kept;

    // What a technician asks for does not fail because it could not be noted that they did.
    private async ValueTask WriteAsync(Technician technician, CancellationToken cancellationToken)
    {
        if (noted.Count > MostNoted)
        {
            foreach (var (key, note) in noted.Where(entry => time.GetElapsedTime(entry.Value.At) >= Interval))
                noted.TryRemove(new(key, note));
        }

        try
        {
            await store.NoteTechnicianAsync(technician.Tenant, technician.Reference, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        }
        catch (SessionStoreException failure)
        {
            telemetry.TechnicianNotNoted(failure);
        }
    }
}

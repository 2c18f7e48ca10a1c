using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Colleagues;
using Rescue.Sessions.Presence;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions;

/// <summary>
/// The technicians of a tenant: who there is, and who takes transfers. They are those of the host's own list where it gives one, else those who were seen. Thread-safe.
/// </summary>
public sealed class SupportTeam
{
    private const int Most = 1_000;

    // As many notes are kept by a node; then the old ones go.
    private const int MostNoted = 10_000;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<(string Tenant, string Id), (string Name, long At)> noted = [];
    private readonly ITechnicianStore store;
    private readonly IOptionsMonitor<IColleagueOptions> options;
    private readonly TimeProvider time;
    private readonly SessionTelemetry telemetry;

    internal SupportTeam(ITechnicianStore store, IOptionsMonitor<IColleagueOptions> options, TimeProvider time, SessionTelemetry telemetry)
    {
        this.store = store;
        this.options = options;
        this.time = time;
        this.telemetry = telemetry;
    }

    /// <summary>A technician's presence; available until set.</summary>
    public ValueTask<TechnicianPresence> FindPresenceAsync(Technician technician, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        return store.FindPresenceAsync(technician.Tenant, technician.Id, cancellationToken);
    }

    /// <summary>Sets a technician's presence.</summary>
    public ValueTask SetPresenceAsync(Technician technician, TechnicianPresence presence, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        return store.SetPresenceAsync(technician.Tenant, technician.Reference, presence, time.GetUtcNow(), cancellationToken);
    }

    /// <summary>
    /// Notes that a technician is at work, so that their colleagues find them. The HTTP routes do so at every request; a host with an interface of its own does
    /// when it has a request of theirs. It is written at most once in five minutes, and when their name has changed; a failure of the store is logged alone.
    /// </summary>
    public ValueTask NoteSeenAsync(Technician technician, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        var key = (technician.Tenant, technician.Id);
        var note = (technician.Name, time.GetTimestamp());
        // Of requests that come at once, one writes.
        var isNew = noted.TryGetValue(key, out var former)
            ? (former.Name != technician.Name || time.GetElapsedTime(former.At) >= Interval) && noted.TryUpdate(key, note, former)
            : noted.TryAdd(key, note);
        return isNew ? WriteAsync(technician, key, note, cancellationToken) : default;
    }

    /// <summary>
    /// The technicians of a technician's tenant, themselves among them, by name: those of <see cref="TechnicianOptions.Directory"/> or, without one, those who
    /// were seen of late. A thousand at most.
    /// </summary>
    public async ValueTask<ImmutableArray<Colleague>> ListColleaguesAsync(Technician technician, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        IEnumerable<Colleague> colleagues;
        if (options.CurrentValue.Technicians.Directory is { } directory)
        {
            var listed = (await directory(technician.Tenant, cancellationToken).ConfigureAwait(false)).DistinctBy(listed => listed.Id).Take(Most).ToImmutableArray();
            var found = await store.FindTechniciansAsync(technician.Tenant, [.. listed.Select(colleague => colleague.Id)], cancellationToken).ConfigureAwait(false);
            colleagues = found.Select((known, i) => new Colleague(known.Id, listed[i].Name, known.Presence, known.Active));
        }
        else
        {
            var seen = await store.ListTechniciansAsync(technician.Tenant, SeenSince, Most, cancellationToken).ConfigureAwait(false);
            colleagues = seen.Select(known => new Colleague(known.Id, known.Name ?? known.Id, known.Presence, known.Active));
        }

        return [.. colleagues.OrderBy(colleague => colleague.Name, StringComparer.CurrentCulture).ThenBy(colleague => colleague.Id, StringComparer.Ordinal)];
    }

    /// <summary>A technician who was seen, has a session or is in the host's list; null when nobody knows them.</summary>
    internal async ValueTask<StoredTechnician?> FindAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        var found = (await store.FindTechniciansAsync(tenant, [id], cancellationToken).ConfigureAwait(false))[0];
        // Of whom only a presence was ever noted, it is not known that they are there.
        if ((found.Name is not null && found.SeenAt >= SeenSince) || found.HasSessions)
            return found;
        return options.CurrentValue.Technicians.Directory is { } directory
            && (await directory(tenant, cancellationToken).ConfigureAwait(false)).Any(listed => listed.Id == id) ? found : null;
    }

    private DateTimeOffset SeenSince =>
        options.CurrentValue.Retention.Technicians is var kept && kept == TimeSpan.Zero ? DateTimeOffset.MinValue : time.GetUtcNow() - kept;

    // What a technician asks for does not fail because it could not be noted that they did.
    private async ValueTask WriteAsync(Technician technician, (string Tenant, string Id) key, (string Name, long At) note, CancellationToken cancellationToken)
    {
        if (noted.Count > MostNoted)
        {
            foreach (var former in noted.Where(entry => time.GetElapsedTime(entry.Value.At) >= Interval))
                noted.TryRemove(former);
        }

        try
        {
            await store.NoteTechnicianAsync(technician.Tenant, technician.Reference, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        }
        catch (SessionStoreException failure)
        {
            telemetry.TechnicianNotNoted(failure);
        }
        catch
        {
            // A request that is given up takes the note with it; the next writes it.
            noted.TryRemove(new(key, note));
            throw;
        }
    }
}

using System.Collections.Immutable;
using Rescue.Sessions.Colleagues;
using Rescue.Sessions.Presence;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions;

/// <summary>The technicians of a tenant: who there is, and who takes transfers. Thread-safe.</summary>
public sealed class SupportTeam
{
    private readonly ITechnicianStore store;
    private readonly KnownTechnicians known;
    private readonly TimeProvider time;

    internal SupportTeam(ITechnicianStore store, KnownTechnicians known, TimeProvider time)
    {
        this.store = store;
        this.known = known;
        this.time = time;
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
        return known.NoteAsync(technician, cancellationToken);
    }

    /// <summary>
    /// The technicians of a technician's tenant, themselves among them, by name: those of <see cref="TechnicianOptions.Directory"/> or, without one, those who
    /// were seen of late. A thousand at most.
    /// </summary>
    public ValueTask<ImmutableArray<Colleague>> ListColleaguesAsync(Technician technician, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        return known.ListAsync(technician.Tenant, cancellationToken);
    }
}

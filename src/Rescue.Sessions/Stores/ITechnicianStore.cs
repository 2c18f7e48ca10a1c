using System.Collections.Immutable;
using Rescue.Sessions.Presence;

namespace Rescue.Sessions.Stores;

/// <summary>Keeps what is noted of technicians: presence, name, and when they were seen.</summary>
/// <inheritdoc cref="ISessionStore" path="/remarks"/>
public interface ITechnicianStore
{
    /// <summary>A technician's presence; available until set.</summary>
    ValueTask<TechnicianPresence> FindPresenceAsync(string tenant, string technician, CancellationToken cancellationToken = default);

    /// <summary>Sets a technician's presence, and notes that they were seen.</summary>
    ValueTask SetPresenceAsync(
        string tenant, TechnicianReference technician, TechnicianPresence presence, DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>Notes that a technician was seen, with their present name.</summary>
    ValueTask NoteTechnicianAsync(string tenant, TechnicianReference technician, DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>What is known of technicians.</summary>
    /// <returns>One for each id, in their order; one who is not known has neither name nor <see cref="StoredTechnician.SeenAt"/>.</returns>
    ValueTask<ImmutableArray<StoredTechnician>> FindTechniciansAsync(
        string tenant, ImmutableArray<string> ids, CancellationToken cancellationToken = default);

    /// <summary>The technicians of a tenant who were seen since a moment, the latest first.</summary>
    ValueTask<ImmutableArray<StoredTechnician>> ListTechniciansAsync(
        string tenant, DateTimeOffset seenSince, int limit, CancellationToken cancellationToken = default);

    /// <summary>Erases what was noted of the technicians of all tenants who were seen before a moment and not since.</summary>
    ValueTask ForgetTechniciansAsync(DateTimeOffset seenBefore, CancellationToken cancellationToken = default);

    /// <summary>Erases what was noted of one technician.</summary>
    ValueTask EraseTechnicianAsync(string tenant, string technician, CancellationToken cancellationToken = default);

    /// <summary>The sessions of a tenant that are not closed and belong to a technician: made by them and not picked up by another, or owned by them.</summary>
    ValueTask<ImmutableArray<Session>> FindOpenOfAsync(string tenant, string technician, CancellationToken cancellationToken = default);
}

using System.Collections.Immutable;
using Rescue.Sessions.Presence;

namespace Rescue.Sessions.Stores;

/// <summary>What was noted of technicians. Its owner's lock guards it.</summary>
internal sealed class InMemoryTechnicians
{
    private readonly Dictionary<(string Tenant, string Id), StoredTechnician> noted = [];

    public StoredTechnician Find(string tenant, string id) => noted.GetValueOrDefault((tenant, id)) ?? new(id);

    public void Note(string tenant, TechnicianReference technician, DateTimeOffset at) =>
        noted[(tenant, technician.Id)] = Find(tenant, technician.Id) with { Name = technician.Name, SeenAt = at };

    public void Set(string tenant, TechnicianReference technician, TechnicianPresence presence, DateTimeOffset at)
    {
        Note(tenant, technician, at);
        noted[(tenant, technician.Id)] = noted[(tenant, technician.Id)] with { Presence = presence };
    }

    public ImmutableArray<StoredTechnician> SeenSince(string tenant, DateTimeOffset since, int limit) =>
        [.. noted.Where(entry => entry.Key.Tenant == tenant && entry.Value.SeenAt >= since).Select(entry => entry.Value).OrderByDescending(seen => seen.SeenAt).Take(limit)];

    public void Forget(DateTimeOffset seenBefore)
    {
        foreach (var gone in noted.Where(entry => entry.Value.SeenAt < seenBefore).Select(entry => entry.Key).ToArray())
            noted.Remove(gone);
    }

    public void Erase(string tenant, string id) => noted.Remove((tenant, id));
}

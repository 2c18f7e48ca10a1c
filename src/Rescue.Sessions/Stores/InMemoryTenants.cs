using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Normalization;

namespace Rescue.Sessions.Stores;

/// <summary>The sessions of each tenant, in the order of their ids. Its owner's lock guards it.</summary>
internal sealed class InMemoryTenants
{
    private readonly Dictionary<string, List<InMemorySession>> byTenant = new(StringComparer.Ordinal);

    public void Add(InMemorySession entry)
    {
        ref var ordered = ref CollectionsMarshal.GetValueRefOrAddDefault(byTenant, entry.Stored.Session.Tenant, out _);
        ordered ??= [];
        // Ids made in one millisecond, or by another clock, do not come in order.
        ordered.Insert(IndexAtOrAfter(ordered, entry.Stored.Session.Id), entry);
    }

    public void Remove(InMemorySession entry)
    {
        var ordered = byTenant[entry.Stored.Session.Tenant];
        ordered.RemoveAt(IndexAtOrAfter(ordered, entry.Stored.Session.Id));
    }

    public ImmutableArray<Session> List(SessionQuery normal)
    {
        if (!byTenant.TryGetValue(normal.Tenant, out var all))
            return [];
        var page = ImmutableArray.CreateBuilder<Session>();
        var first = normal.After is { } after ? IndexAtOrAfter(all, after) : all.Count;
        for (var i = first - 1; i >= 0 && page.Count < normal.Limit; i--)
        {
            var session = all[i].Stored.Session;
            if (InMemorySearch.Matches(session, normal))
                page.Add(session);
        }

        return page.ToImmutable();
    }

    public ImmutableArray<Session> FindOpenOf(string tenant, string technician) =>
    [
        .. Of(tenant).Select(entry => entry.Stored.Session)
            .Where(session => session.Status != SessionStatus.Closed && session.BelongsTo(technician)),
    ];

    public bool HasSessions(string tenant, string technician) => Of(tenant).Exists(entry => entry.Stored.Session.BelongsTo(technician));

    public List<InMemorySession> FindErasable(SessionErasure erasure)
    {
        var searched = erasure.Tenant is { } tenant ? Of(tenant) : byTenant.Values.SelectMany(all => all);
        var customer = erasure.Customer is null ? null : NormalForm.ForCustomer(erasure.Customer);
        return [.. searched.Where(entry => InMemorySearch.IsErasable(entry.Stored.Session, erasure.EndedBefore, customer)).Take(erasure.Limit)];
    }

    private List<InMemorySession> Of(string tenant) => byTenant.GetValueOrDefault(tenant) ?? [];

    private static int IndexAtOrAfter(List<InMemorySession> ordered, SessionId id)
    {
        var (low, high) = (0, ordered.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (ordered[middle].Stored.Session.Id < id)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}

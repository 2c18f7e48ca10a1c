using System.Collections.Immutable;
using Rescue.Sessions.Codes;

namespace Rescue.Sessions.Stores;

/// <summary>Finds sessions by what proves their guests. Its owner's lock guards it.</summary>
internal sealed class InMemoryGuests
{
    private readonly Dictionary<KeyedHash, InMemorySession> byProof = [];

    public InMemorySession? Find(ImmutableArray<KeyedHash> hashes) => hashes.Select(hash => byProof.GetValueOrDefault(hash)).FirstOrDefault(found => found is not null);

    public ImmutableArray<Session> FindOverdue(DateTimeOffset now, int limit) =>
        [.. byProof.Values.Distinct().Select(entry => entry.Stored.Session).Where(session => session.HasOverdueGuest(now)).Take(limit)];

    public void Replace(InMemorySession entry, KeyedHash[] former)
    {
        foreach (var hash in former)
            byProof.Remove(hash);
        foreach (var hash in entry.Stored.GuestHashes)
            byProof[hash] = entry;
    }

    public void Remove(InMemorySession entry)
    {
        foreach (var hash in entry.Stored.GuestHashes)
            byProof.Remove(hash);
    }
}

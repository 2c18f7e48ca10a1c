using System.Collections.Immutable;
using Rescue.Sessions.Codes;

namespace Rescue.Sessions.Stores;

/// <summary>
/// Finds sessions by the hashes of a code. Its owner's lock guards it. The first hash of each is compared where the session keeps it; only further ones, which
/// there are while a new key comes into use, are kept here.
/// </summary>
/// <param name="first">The first of the hashes by which a session is found; null for none.</param>
/// <param name="all">All of them.</param>
internal sealed class InMemoryCodeIndex(Func<StoredSession, KeyedHash?> first, Func<StoredSession, ImmutableArray<KeyedHash>> all)
{
    private readonly HashSet<InMemorySession> byFirst = new(new FirstHash(first));
    private readonly Dictionary<KeyedHash, InMemorySession> byFurther = [];

    public int Count => byFirst.Count;

    /// <summary>Lets a session be found, in place of one that had the same code.</summary>
    public void Add(InMemorySession session)
    {
        if (first(session.Stored) is null)
            return;
        if (!byFirst.Add(session))
        {
            byFirst.Remove(session);
            byFirst.Add(session);
        }

        foreach (var hash in all(session.Stored).AsSpan()[1..])
            byFurther[hash] = session;
    }

    /// <summary>Lets a session be found no more.</summary>
    public void Remove(InMemorySession session)
    {
        // The code may have been given to a later session since.
        if (first(session.Stored) is not null && byFirst.TryGetValue(session, out var found) && found == session)
            byFirst.Remove(session);
        foreach (var hash in all(session.Stored))
        {
            if (byFurther.GetValueOrDefault(hash) == session)
                byFurther.Remove(hash);
        }
    }

    /// <summary>The session with one of the hashes. Each is looked up whatever the ones before have found, so that the work tells nothing.</summary>
    public InMemorySession? Find(ImmutableArray<KeyedHash> hashes)
    {
        InMemorySession? found = null;
        var byHash = byFirst.GetAlternateLookup<KeyedHash>();
        foreach (var hash in hashes)
        {
            found = byHash.TryGetValue(hash, out var one) ? one : found;
            found = byFurther.TryGetValue(hash, out var other) ? other : found;
        }

        return found;
    }

    private sealed class FirstHash(Func<StoredSession, KeyedHash?> first)
        : IEqualityComparer<InMemorySession>, IAlternateEqualityComparer<KeyedHash, InMemorySession>
    {
        public bool Equals(InMemorySession? x, InMemorySession? y) => first(x!.Stored) == first(y!.Stored);

        public int GetHashCode(InMemorySession obj) => first(obj.Stored).GetHashCode();

        public bool Equals(KeyedHash alternate, InMemorySession other) => first(other.Stored) == alternate;

        public int GetHashCode(KeyedHash alternate) => alternate.GetHashCode();

        public InMemorySession Create(KeyedHash alternate) => throw new NotSupportedException("A session is not made of a hash.");
    }
}

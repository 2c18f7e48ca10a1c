namespace Rescue.Sessions.Stores;

/// <summary>Compares sessions by their ids, so that a set of them is found by id without keeping ids of its own.</summary>
internal sealed class InMemoryIds : IEqualityComparer<InMemorySession>, IAlternateEqualityComparer<SessionId, InMemorySession>
{
    public bool Equals(InMemorySession? x, InMemorySession? y) => ReferenceEquals(x, y);

    public int GetHashCode(InMemorySession obj) => obj.Stored.Session.Id.GetHashCode();

    public bool Equals(SessionId alternate, InMemorySession other) => other.Stored.Session.Id == alternate;

    public int GetHashCode(SessionId alternate) => alternate.GetHashCode();

    public InMemorySession Create(SessionId alternate) => throw new NotSupportedException("A session is not made of its id.");
}

namespace Rescue.Sessions.Stores;

/// <summary>Which sessions a store has no longer. For what is kept in memory beside a store that does not tell of what it erases: a host's own, around the one in memory.</summary>
internal sealed class ErasedSessions(ISessionStore store)
{
    /// <summary>Of a store that is to be asked; null for the one in memory, which tells.</summary>
    public static ErasedSessions? Of(ISessionStore store) => store is InMemorySessionStore ? null : new(store);

    public async ValueTask<HashSet<SessionId>> AmongAsync(IEnumerable<SessionId> sessions, CancellationToken cancellationToken)
    {
        var erased = new HashSet<SessionId>();
        foreach (var session in sessions.Distinct())
        {
            if (await store.FindAsync(SessionSelector.ById(session), cancellationToken).ConfigureAwait(false) is null)
                erased.Add(session);
        }

        return erased;
    }
}

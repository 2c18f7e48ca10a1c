using Rescue.Sessions.Codes;
using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.Stores;

/// <summary>Opens what is stored sealed. What cannot be opened, because its key has left the ring, is null.</summary>
internal static class StoredSecrets
{
    /// <exception cref="InvalidOperationException">The session's code has been erased.</exception>
    public static ConnectionLink? LinkOf(this SessionSecrets secrets, StoredSession stored, Uri baseUri) =>
        secrets.TryOpen(stored.SealedCode ?? throw new InvalidOperationException("The session's code has been erased."), stored.Session.Id) is { } plain
            ? SessionSecrets.LinkOf(ConnectionCode.FromBytes(plain), baseUri)
            : null;

    /// <summary>The secret that both ends of an active session share; null in any other status, one that has come by the clock and is not recorded yet included.</summary>
    public static HandOverSecret? HandOverOf(this SessionSecrets secrets, StoredSession stored, DateTimeOffset now) =>
        stored.SealedHandOver is { } box && stored.Session.Settle(now).Status == SessionStatus.Active && secrets.TryOpen(box, stored.Session.Id) is { } plain
            ? HandOverSecret.FromBytes(plain)
            : null;

    /// <summary>The same for a technician: null for anybody but the session's owner.</summary>
    public static HandOverSecret? HandOverFor(this SessionSecrets secrets, Technician technician, StoredSession stored, DateTimeOffset now) =>
        stored.Session.Owner?.Id == technician.Id ? secrets.HandOverOf(stored, now) : null;
}

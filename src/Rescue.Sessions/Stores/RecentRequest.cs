using Rescue.Sessions.Codes;
using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.Stores;

/// <summary>A request without an idempotency key, of which an identical one by the same technician within a while is a repeat.</summary>
/// <param name="Hash">The keyed hash of all that was asked for, and of who did.</param>
/// <param name="Until">Until when an identical one is a repeat.</param>
public readonly record struct RecentRequest(KeyedHash Hash, DateTimeOffset Until)
{
    /// <summary>
    /// Whether an identical request is answered with the session that this one has made: not much later, and while that session is not over. The meaning
    /// that every store must give it.
    /// </summary>
    public bool Repeats(Session made, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(made);
        return Until > now && made.Status != SessionStatus.Closed && !(made.Deadline?.At <= now);
    }
}

using System.Runtime.InteropServices;
using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.Stores;

/// <summary>How many sessions each technician holds: a limit that spans sessions is checked and counted under the lock that writes them. Its owner's lock guards it.</summary>
internal sealed class InMemoryHoldings
{
    private readonly Dictionary<(string Tenant, string Technician), int> held = [];

    public int CountOf(string tenant, string technician) => held.GetValueOrDefault((tenant, technician));

    public bool IsAtCapacity(Session session, SessionGuard guard, SessionChange change)
    {
        if (guard.Capacity is not { } most || change.Owner is not { } owner || (IsHeld(session) && session.Owner!.Id == owner.Id))
            return false;
        return CountOf(session.Tenant, owner.Id) >= most;
    }

    public void Move(Session before, Session after)
    {
        Count(before, -1);
        Count(after, 1);
    }

    private void Count(Session session, int by)
    {
        if (IsHeld(session))
            CollectionsMarshal.GetValueRefOrAddDefault(held, (session.Tenant, session.Owner!.Id), out _) += by;
    }

    private static bool IsHeld(Session session) =>
        session.Owner is not null && session.Status is not (SessionStatus.OnHold or SessionStatus.Closed);
}

namespace Rescue.Sessions.Stores;

/// <summary>Who does which work of the service at present. Its owner's lock guards it.</summary>
internal sealed class InMemoryLeases
{
    private readonly Dictionary<string, InMemoryLease> leases = new(StringComparer.Ordinal);

    public bool TryTake(string work, InMemoryLease asked, DateTimeOffset now)
    {
        if (leases.TryGetValue(work, out var lease) && lease.IsInTheWayOf(asked, now))
            return false;
        leases[work] = asked;
        return true;
    }
}

namespace Rescue.Sessions.Stores;

/// <summary>Who does which work of the service at present. Its owner's lock guards it.</summary>
internal sealed class InMemoryLeases
{
    private readonly Dictionary<string, (string Holder, DateTimeOffset Until)> leases = new(StringComparer.Ordinal);

    public bool TryTake(string work, string holder, DateTimeOffset now, DateTimeOffset until)
    {
        if (leases.TryGetValue(work, out var lease) && lease.Holder != holder && lease.Until > now)
            return false;
        leases[work] = (holder, until);
        return true;
    }
}

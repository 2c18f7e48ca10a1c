using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Rescue.Sessions.Organizations;

/// <summary>What the host's own function says of organisations, asked at most once a second about each. Thread-safe.</summary>
internal sealed class HostOrganizations(IOptionsMonitor<RescueSessionsOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    // Anybody can send any host name.
    private const int MostKept = 10_000;

    private readonly ConcurrentDictionary<OrganizationQuery, (long At, FoundOrganization? Found)> known = new();

    public ValueTask<FoundOrganization?> FindAsync(OrganizationQuery query, CancellationToken cancellationToken) =>
        options.CurrentValue.FindOrganization is { } find ? FindAsync(find, query, cancellationToken) : default;

    private async ValueTask<FoundOrganization?> FindAsync(
        Func<OrganizationQuery, CancellationToken, ValueTask<FoundOrganization?>> find, OrganizationQuery query, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(query, out var kept) && time.GetElapsedTime(kept.At) < Freshness)
            return kept.Found;
        var at = time.GetTimestamp();
        var found = await find(query, cancellationToken).ConfigureAwait(false);
        if (known.Count >= MostKept)
            known.Clear();
        known[query] = (at, found);
        return found;
    }
}

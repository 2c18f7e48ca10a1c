using System.Collections.Immutable;
using Rescue.Sessions.Settings;

namespace Rescue.Sessions.Tests.Organizations;

/// <summary>Settings in memory that note what was read.</summary>
internal sealed class CountingSettingsStore : ISettingsStore
{
    private readonly InMemorySettingsStore inner = new();

    public List<(string Tenant, int Documents)> Reads { get; } = [];

    /// <summary>How many versions of documents were read, of all histories together.</summary>
    public int Versions { get; private set; }

    /// <summary>How many of them the longest reading had.</summary>
    public int VersionsAtOnce { get; private set; }

    public async ValueTask<ImmutableArray<SettingVersion>> FindAllAsync(string tenant, CancellationToken cancellationToken = default)
    {
        var found = await inner.FindAllAsync(tenant, cancellationToken);
        lock (Reads)
            Reads.Add((tenant, found.Length));
        return found;
    }

    public ValueTask<ImmutableArray<string>> FindTenantsAsync(string name, CancellationToken cancellationToken = default) => inner.FindTenantsAsync(name, cancellationToken);

    public async ValueTask<ImmutableArray<SettingVersion>> ReadHistoryAsync(string tenant, string name, int limit, CancellationToken cancellationToken = default)
    {
        var found = await inner.ReadHistoryAsync(tenant, name, limit, cancellationToken);
        VersionsAtOnce = Math.Max(VersionsAtOnce, found.Length);
        Versions += found.Length;
        return found;
    }

    public ValueTask<SettingSaveResult> SaveAsync(SettingChange change, CancellationToken cancellationToken = default) => inner.SaveAsync(change, cancellationToken);

    public ValueTask EraseAsync(string tenant, CancellationToken cancellationToken = default) => inner.EraseAsync(tenant, cancellationToken);
}

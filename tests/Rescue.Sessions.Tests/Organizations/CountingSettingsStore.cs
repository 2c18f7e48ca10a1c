using System.Collections.Immutable;
using Rescue.Sessions.Settings;

namespace Rescue.Sessions.Tests.Organizations;

/// <summary>Settings in memory that note what was read.</summary>
internal sealed class CountingSettingsStore : ISettingsStore
{
    private readonly InMemorySettingsStore inner = new();

    public List<(string Tenant, int Documents)> Reads { get; } = [];

    public async ValueTask<ImmutableArray<SettingVersion>> FindAllAsync(string tenant, CancellationToken cancellationToken = default)
    {
        var found = await inner.FindAllAsync(tenant, cancellationToken);
        lock (Reads)
            Reads.Add((tenant, found.Length));
        return found;
    }

    public ValueTask<ImmutableArray<SettingVersion>> ReadHistoryAsync(string tenant, string name, int limit, CancellationToken cancellationToken = default) =>
        inner.ReadHistoryAsync(tenant, name, limit, cancellationToken);

    public ValueTask<SettingSaveResult> SaveAsync(SettingChange change, CancellationToken cancellationToken = default) => inner.SaveAsync(change, cancellationToken);
}

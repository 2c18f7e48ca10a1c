using System.Collections.Immutable;

namespace Rescue.Sessions.Settings;

/// <summary>Settings that last as long as the process. For tests, samples and products that configure in code.</summary>
internal sealed class InMemorySettingsStore : ISettingsStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, SortedDictionary<string, List<SettingVersion>>> tenants = [];

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<SettingVersion>> FindAllAsync(string tenant, CancellationToken cancellationToken = default)
    {
        lock (gate)
            return new(tenants.TryGetValue(tenant, out var documents) ? [.. documents.Values.Select(versions => versions[^1])] : []);
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<string>> FindTenantsAsync(string name, CancellationToken cancellationToken = default)
    {
        lock (gate)
            return new([.. tenants.Where(tenant => tenant.Value.ContainsKey(name)).Select(tenant => tenant.Key)]);
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<SettingVersion>> ReadHistoryAsync(
        string tenant, string name, int limit, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            return new(tenants.TryGetValue(tenant, out var documents) && documents.TryGetValue(name, out var versions)
                ? [.. versions.AsEnumerable().Reverse().Take(limit)]
                : []);
        }
    }

    /// <inheritdoc/>
    public ValueTask<SettingSaveResult> SaveAsync(SettingChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        lock (gate)
        {
            if (!tenants.TryGetValue(change.Tenant, out var documents))
                tenants[change.Tenant] = documents = new(StringComparer.Ordinal);
            if (!documents.TryGetValue(change.Name, out var versions))
                versions = [];
            if (change.BasedOn is { } seen && seen != versions.Count)
                return new(new SettingSaveResult(false, versions.LastOrDefault() ?? change.ToVersion(0)));
            documents[change.Name] = versions;
            versions.Add(change.ToVersion(versions.Count + 1));
            return new(new SettingSaveResult(true, versions[^1]));
        }
    }

    /// <inheritdoc/>
    public ValueTask EraseAsync(string tenant, CancellationToken cancellationToken = default)
    {
        lock (gate)
            tenants.Remove(tenant);
        return default;
    }
}

using System.Collections.Immutable;

namespace Rescue.Sessions.Settings;

/// <summary>
/// Keeps what administrators set: JSON documents by tenant and name, every version of them. A document is opaque to the store.
/// </summary>
/// <remarks>Implementations are safe for parallel use. A failure of the storage surfaces as an exception and is never answered as "not set".</remarks>
public interface ISettingsStore
{
    /// <summary>The latest version of each of a tenant's documents, by name.</summary>
    ValueTask<ImmutableArray<SettingVersion>> FindAllAsync(string tenant, CancellationToken cancellationToken = default);

    /// <summary>The tenants that have a document of a name, in any order; those too for which it has gone back to the default.</summary>
    ValueTask<ImmutableArray<string>> FindTenantsAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>The versions of one document, newest first, at most <paramref name="limit"/>.</summary>
    ValueTask<ImmutableArray<SettingVersion>> ReadHistoryAsync(
        string tenant, string name, int limit, CancellationToken cancellationToken = default);

    /// <summary>Stores the next version of a document, unless the version it is based on is no longer the latest.</summary>
    ValueTask<SettingSaveResult> SaveAsync(SettingChange change, CancellationToken cancellationToken = default);

    /// <summary>Erases all documents of a tenant with every version of them. The next that is saved is a first one.</summary>
    ValueTask EraseAsync(string tenant, CancellationToken cancellationToken = default);
}

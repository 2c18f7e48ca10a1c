using System.Collections.Immutable;
using Rescue.Sessions.Settings;

namespace Rescue.Sessions.AspNetCore.Tests.Settings;

/// <summary>Keeps settings in memory; something can come in between before it saves.</summary>
internal sealed class InterruptedSettingsStore : ISettingsStore
{
    private readonly InMemorySettingsStore inner = new();

    /// <summary>Called before anything is saved; null for nothing.</summary>
    public Func<SettingChange, Task>? Saving { get; set; }

    public ValueTask<ImmutableArray<SettingVersion>> FindAllAsync(string tenant, CancellationToken cancellationToken = default) =>
        inner.FindAllAsync(tenant, cancellationToken);

    public ValueTask<ImmutableArray<string>> FindTenantsAsync(string name, CancellationToken cancellationToken = default) => inner.FindTenantsAsync(name, cancellationToken);

    public ValueTask<ImmutableArray<SettingVersion>> ReadHistoryAsync(string tenant, string name, int limit, CancellationToken cancellationToken = default) =>
        inner.ReadHistoryAsync(tenant, name, limit, cancellationToken);

    public async ValueTask<SettingSaveResult> SaveAsync(SettingChange change, CancellationToken cancellationToken = default)
    {
        if (Saving is { } saving)
            await saving(change);
        return await inner.SaveAsync(change, cancellationToken);
    }

    public ValueTask EraseAsync(string tenant, CancellationToken cancellationToken = default) => inner.EraseAsync(tenant, cancellationToken);
}

using System.Collections.Immutable;
using Rescue.Sessions.Settings;

namespace Rescue.Sessions.Tests.Organizations;

/// <summary>Settings in memory, into which somebody comes once, just before or after something is saved.</summary>
internal sealed class InterleavingSettingsStore : ISettingsStore
{
    private readonly InMemorySettingsStore inner = new();
    private Func<SettingChange, bool>? isMoment;
    private Func<Task> come = () => Task.CompletedTask;
    private bool isAfter;

    /// <summary>Whether they have come.</summary>
    public bool HasCome { get; private set; }

    public void Before(Func<SettingChange, bool> moment, Func<Task> act) => (isMoment, come, isAfter) = (moment, act, false);

    public void After(Func<SettingChange, bool> moment, Func<Task> act) => (isMoment, come, isAfter) = (moment, act, true);

    public ValueTask<ImmutableArray<SettingVersion>> FindAllAsync(string tenant, CancellationToken cancellationToken = default) => inner.FindAllAsync(tenant, cancellationToken);

    public ValueTask<ImmutableArray<string>> FindTenantsAsync(string name, CancellationToken cancellationToken = default) => inner.FindTenantsAsync(name, cancellationToken);

    public ValueTask<ImmutableArray<SettingVersion>> ReadHistoryAsync(string tenant, string name, int limit, CancellationToken cancellationToken = default) =>
        inner.ReadHistoryAsync(tenant, name, limit, cancellationToken);

    public async ValueTask<SettingSaveResult> SaveAsync(SettingChange change, CancellationToken cancellationToken = default)
    {
        if (isMoment?.Invoke(change) != true)
            return await inner.SaveAsync(change, cancellationToken);
        (isMoment, HasCome) = (null, true);
        if (!isAfter)
            await come();
        var result = await inner.SaveAsync(change, cancellationToken);
        if (isAfter)
            await come();
        return result;
    }

    public ValueTask EraseAsync(string tenant, CancellationToken cancellationToken = default) => inner.EraseAsync(tenant, cancellationToken);
}

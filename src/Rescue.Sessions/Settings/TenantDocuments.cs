using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Rescue.Sessions.Settings;

/// <summary>A tenant's documents as they were at one moment, each parsed once. Thread-safe.</summary>
internal sealed class TenantDocuments(long readAt, ImmutableArray<SettingVersion> versions)
{
    private readonly ConcurrentDictionary<string, object?> values = new(StringComparer.Ordinal);

    /// <summary>The timestamp of <see cref="TimeProvider.GetTimestamp"/> before they were read.</summary>
    public long ReadAt { get; } = readAt;

    public ImmutableArray<SettingVersion> Versions { get; } = versions;

    public TValue? Find<TValue>(string name, JsonTypeInfo<TValue> type)
        where TValue : class =>
        // Found at every action but the first; a delegate would be allocated each time.
        (TValue?)(values.TryGetValue(name, out var value) ? value : values.GetOrAdd(name, Parse, type));

    private TValue? Parse<TValue>(string name, JsonTypeInfo<TValue> type)
        where TValue : class =>
        Versions.FirstOrDefault(version => version.Name == name)?.Value is { } json ? JsonSerializer.Deserialize(json, type) : null;
}

using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Rescue.Sessions.Settings;

/// <summary>
/// What administrators have set, ready to be used on every request: the place between the settings store and the concepts that have settings. Thread-safe.
/// </summary>
/// <remarks>
/// A tenant's documents are read once and then used for a second, so that what is saved on one node holds on every other within a second,
/// and on its own node at once.
/// </remarks>
public sealed class TenantSettings
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    // What is older than a second is used no more, and may hold logos and templates.
    private const int FewTenants = 100;
    private static readonly TimeSpan LongestKept = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Documents> known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TaskCompletionSource<Documents>> reading = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private readonly ISettingsStore store;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private long saves;
    private int mostKnown = FewTenants;
    private long lookedThrough;

    /// <summary>Reads from a store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="time">By whose clock a second is over.</param>
    /// <param name="loggers">Is told who has saved what, though not which values; null for nobody.</param>
    public TenantSettings(ISettingsStore store, TimeProvider time, ILoggerFactory? loggers = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(time);
        this.store = store;
        this.time = time;
        logger = (loggers ?? NullLoggerFactory.Instance).CreateLogger("Rescue.Sessions");
    }

    /// <summary>What a document says now; null when it is not set.</summary>
    /// <typeparam name="TValue">What the document holds; one type for each name, and immutable, for it is shared.</typeparam>
    /// <exception cref="System.Text.Json.JsonException">The stored document is not what it should be.</exception>
    public ValueTask<TValue?> FindAsync<TValue>(
        string tenant, string name, JsonTypeInfo<TValue> type, CancellationToken cancellationToken = default)
        where TValue : class =>
        // Asked at every action, and answered at once but for the first time in a second.
        FindFresh(tenant) is { } documents ? new(documents.Find(name, type)) : ReadAndFindAsync(tenant, name, type, cancellationToken);

    /// <summary>The latest versions of the documents whose names begin with <paramref name="prefix"/>, by name.</summary>
    public async ValueTask<ImmutableArray<SettingVersion>> FindAllAsync(string tenant, string prefix, CancellationToken cancellationToken = default)
    {
        var documents = await ReadAsync(tenant, cancellationToken).ConfigureAwait(false);
        return [.. documents.Versions.Where(version => version.Name.StartsWith(prefix, StringComparison.Ordinal))];
    }

    /// <summary>The tenants that have a document of a name, straight from the store.</summary>
    internal ValueTask<ImmutableArray<string>> FindTenantsAsync(string name, CancellationToken cancellationToken) => store.FindTenantsAsync(name, cancellationToken);

    /// <summary>The versions of one document, newest first, straight from the store.</summary>
    public ValueTask<ImmutableArray<SettingVersion>> ReadHistoryAsync(
        string tenant, string name, int limit, CancellationToken cancellationToken = default) =>
        store.ReadHistoryAsync(tenant, name, limit, cancellationToken);

    /// <summary>Saves the next version of a document; <see cref="SettingChange.At"/> is its time.</summary>
    /// <exception cref="ArgumentException">The name is not 1 to 128 characters long.</exception>
    public async ValueTask<SettingSaveResult> SaveAsync(SettingChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (change.Name.Length is 0 or > SettingChange.MaxNameLength)
            throw new ArgumentException($"Name must have 1 to {SettingChange.MaxNameLength} characters.", nameof(change));
        var result = await WriteAsync(change, cancellationToken).ConfigureAwait(false);
        if (result.Saved)
            logger.SettingSaved(change.Name, change.By.Id);
        return result;
    }

    /// <summary>The same for what the service keeps beside the settings: the log says nothing of it.</summary>
    internal async ValueTask<SettingSaveResult> WriteAsync(SettingChange change, CancellationToken cancellationToken)
    {
        try
        {
            return await store.SaveAsync(change, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Also after a failure: the write may have gone through.
            lock (gate)
            {
                saves++;
                known.TryRemove(change.Tenant, out _);
                reading.Remove(change.Tenant);
            }
        }
    }

    private async ValueTask<TValue?> ReadAndFindAsync<TValue>(string tenant, string name, JsonTypeInfo<TValue> type, CancellationToken cancellationToken)
        where TValue : class =>
        (await ReadAsync(tenant, cancellationToken).ConfigureAwait(false)).Find(name, type);

    private Documents? FindFresh(string tenant) =>
        known.TryGetValue(tenant, out var documents) && time.GetElapsedTime(documents.ReadAt) < Freshness ? documents : null;

    private async ValueTask<Documents> ReadAsync(string tenant, CancellationToken cancellationToken) =>
        FindFresh(tenant) ?? await JoinReading(tenant).WaitAsync(cancellationToken).ConfigureAwait(false);

    // Those who come at once share one read. It belongs to none of them: neither their patience nor their transaction is its own.
    private Task<Documents> JoinReading(string tenant)
    {
        lock (gate)
        {
            if (reading.TryGetValue(tenant, out var flight))
                return flight.Task;
            flight = new(TaskCreationOptions.RunContinuationsAsynchronously);
            reading.Add(tenant, flight);
            ThreadPool.UnsafeQueueUserWorkItem(_ => _ = ReadFromStoreAsync(tenant, flight), null);
            return flight.Task;
        }
    }

    private async Task ReadFromStoreAsync(string tenant, TaskCompletionSource<Documents> flight)
    {
        try
        {
            long savesBefore;
            lock (gate)
                savesBefore = saves;
            var readAt = time.GetTimestamp();
            var documents = new Documents(readAt, await store.FindAllAsync(tenant, CancellationToken.None).ConfigureAwait(false));
            lock (gate)
            {
                // What was read before a save must not be kept after it.
                if (saves == savesBefore)
                    Keep(tenant, documents);
            }

            Forget(tenant, flight);
            flight.SetResult(documents);
        }
        catch (Exception failure)
        {
            Forget(tenant, flight);
            flight.SetException(failure);
        }
    }

    // As many are looked at as have come since the last time, so that it costs each of them little; and once a minute, for many may have come at once and no more do.
    private void Keep(string tenant, Documents documents)
    {
        known[tenant] = documents;
        if (known.Count <= FewTenants || (known.Count <= mostKnown && time.GetElapsedTime(lookedThrough) < LongestKept))
            return;
        lookedThrough = time.GetTimestamp();
        foreach (var (one, kept) in known)
        {
            if (time.GetElapsedTime(kept.ReadAt) >= Freshness)
                known.TryRemove(new(one, kept));
        }

        mostKnown = Math.Max(FewTenants, known.Count * 2);
    }

    private void Forget(string tenant, TaskCompletionSource<Documents> ended)
    {
        lock (gate)
        {
            if (reading.TryGetValue(tenant, out var flight) && flight == ended)
                reading.Remove(tenant);
        }
    }

    /// <summary>A tenant's documents as they were at one moment, each parsed once.</summary>
    private sealed class Documents(long readAt, ImmutableArray<SettingVersion> versions)
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
}

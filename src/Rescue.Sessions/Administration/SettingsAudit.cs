using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Rescue.Sessions.Administration;
using Rescue.Sessions.Settings;

namespace Rescue.Sessions;

/// <summary>
/// What a tenant's administrators have done: who set what, when, and what it was before. It is the settings' own versions, so that nothing can be set without it.
/// Takes the right to manage settings. Thread-safe.
/// </summary>
/// <remarks>What was done to a session, mails included, is the session's history.</remarks>
public sealed class SettingsAudit
{
    /// <summary>The most entries of one answer.</summary>
    public const int MaxEntries = 1000;

    // Documents may be long, and each has as many versions as somebody has saved.
    private const int MostCharacters = 16 * 1024 * 1024;

    // A webhook's. They are sealed, and nobody's business even so.
    private const string Secrets = "secrets";

    private static readonly Comparer<(DateTimeOffset, long)> NewestFirst = Comparer<(DateTimeOffset, long)>.Create((one, other) => other.CompareTo(one));

    private readonly AdministeredSettings documents;
    private readonly TenantSettings settings;

    internal SettingsAudit(AdministeredSettings documents, TenantSettings settings)
    {
        this.documents = documents;
        this.settings = settings;
    }

    /// <summary>The latest acts in the technician's tenant, newest first.</summary>
    /// <param name="technician">Who asks.</param>
    /// <param name="limit">The most entries, 1 to <see cref="MaxEntries"/>; there are fewer where what was set comes to more than 16 million characters.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not in that range.</exception>
    public async ValueTask<SettingsRead<ImmutableArray<SettingsAuditEntry>>> ReadAsync(
        Technician technician, int limit = 200, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxEntries);
        return await documents.ListAsync(technician, "", latest => ReadAsync(latest, limit, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<ImmutableArray<SettingsAuditEntry>> ReadAsync(ImmutableArray<SettingVersion> latest, int limit, CancellationToken cancellationToken)
    {
        // The newest is told next, whichever document it is of, and only of that more is read.
        var next = new PriorityQueue<SettingHistory, (DateTimeOffset At, long Version)>(NewestFirst);
        foreach (var document in latest)
            Add(new(settings, document));
        var told = new List<(SettingVersion After, SettingVersion? Before)>();
        for (long characters = 0; told.Count < limit && characters < MostCharacters && next.TryDequeue(out var history, out _);)
        {
            var after = history.Latest!;
            await history.GoBackAsync(cancellationToken).ConfigureAwait(false);
            if (!IsSealedAnew(after, history.Latest))
                told.Add((after, history.Latest));
            characters += after.Value?.Length ?? 0;
            Add(history);
        }

        // The clocks of nodes may differ, so that a document's later version can be the earlier one.
        return [.. told.OrderByDescending(act => act.After.SavedAt).ThenByDescending(act => act.After.Version).Select(act => EntryOf(act.After, act.Before))];

        void Add(SettingHistory history)
        {
            if (history.Latest is { } latest)
                next.Enqueue(history, (latest.SavedAt, latest.Version));
        }
    }

    private static SettingsAuditEntry EntryOf(SettingVersion after, SettingVersion? before) =>
        new(after.Name, after.Version, after.SavedBy, after.SavedAt, Shown(before?.Value), Shown(after.Value));

    // Nobody has set anything: the library has put secrets under another key.
    private static bool IsSealedAnew(SettingVersion after, SettingVersion? before) =>
        after.SavedBy == SettingNames.Library && before is not null && JsonNode.DeepEquals(Shown(before.Value), Shown(after.Value));

    private static JsonObject? Shown(string? document)
    {
        if (document is null)
            return null;
        var shown = JsonNode.Parse(document)!.AsObject();
        Strip(shown);
        return shown;
    }

    private static void Strip(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
                Strip(item);
        }
        else if (node is JsonObject members)
        {
            members.Remove(Secrets);
            foreach (var (_, member) in members)
                Strip(member);
        }
    }
}

using System.Collections.Immutable;
using System.Data.Common;
using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.Settings;

namespace Rescue.Sessions.EntityFrameworkCore.Settings;

/// <summary>Settings in a database. Savers of one document wait for each other.</summary>
internal sealed class EntityFrameworkSettingsStore(Database database) : ISettingsStore
{
    private const string Columns = "tenant, name, version, value, saved_by_id, saved_by_name, saved_at";

    public async ValueTask<ImmutableArray<SettingVersion>> FindAllAsync(string tenant, CancellationToken cancellationToken = default)
    {
        var found = await database.ReadAsync(
            new(
                // From name to name by the key: what was saved before costs nothing.
                $"""
                WITH RECURSIVE known(document) AS (
                    SELECT (SELECT min(n.name) FROM rescue_setting n WHERE n.tenant = @tenant)
                    UNION ALL
                    SELECT (SELECT min(n.name) FROM rescue_setting n WHERE n.tenant = @tenant AND n.name > known.document) FROM known
                    WHERE known.document IS NOT NULL)
                SELECT {Columns} FROM known JOIN rescue_setting ON tenant = @tenant AND name = document
                    AND version = (SELECT max(l.version) FROM rescue_setting l WHERE l.tenant = @tenant AND l.name = document)
                """,
                ("tenant", tenant)),
            Read,
            cancellationToken).ConfigureAwait(false);
        return [.. found.OrderBy(version => version.Name, StringComparer.Ordinal)];
    }

    public async ValueTask<ImmutableArray<string>> FindTenantsAsync(string name, CancellationToken cancellationToken = default) =>
    [
        .. await database.ReadAsync(
            new(
                // From tenant to tenant by the key: what else they have costs nothing.
                """
                WITH RECURSIVE known(owner) AS (
                    SELECT (SELECT min(n.tenant) FROM rescue_setting n)
                    UNION ALL
                    SELECT (SELECT min(n.tenant) FROM rescue_setting n WHERE n.tenant > known.owner) FROM known WHERE known.owner IS NOT NULL)
                SELECT owner FROM known WHERE EXISTS (SELECT 1 FROM rescue_setting s WHERE s.tenant = owner AND s.name = @name)
                """,
                ("name", name)),
            row => row.GetString(0),
            cancellationToken).ConfigureAwait(false),
    ];

    public async ValueTask<ImmutableArray<SettingVersion>> ReadHistoryAsync(
        string tenant, string name, int limit, CancellationToken cancellationToken = default) =>
        [.. await database.ReadAsync(History(tenant, name, limit), Read, cancellationToken).ConfigureAwait(false)];

    public ValueTask<SettingSaveResult> SaveAsync(SettingChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        return database.WriteAsync((work, cancellation) => SaveAsync(work, change, cancellation), cancellationToken);
    }

    public async ValueTask EraseAsync(string tenant, CancellationToken cancellationToken = default)
    {
        if (await database.ExecuteAsync(new("DELETE FROM rescue_setting WHERE tenant = @tenant", ("tenant", tenant)), cancellationToken).ConfigureAwait(false) > 0)
            database.NoteErased();
        await database.ForgetErasedAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<SettingSaveResult> SaveAsync(WriteTransaction work, SettingChange change, CancellationToken cancellationToken)
    {
        if (database.Serialize($"{change.Tenant}\n{change.Name}") is { } wait)
            await work.WriteAsync(wait, cancellationToken).ConfigureAwait(false);
        var latest = await work.ReadAsync(History(change.Tenant, change.Name, 1), Read, cancellationToken).ConfigureAwait(false);
        var last = latest is [var found] ? found : change.ToVersion(0);
        if (change.BasedOn is { } seen && seen != last.Version)
            return new(false, last);
        var version = change.ToVersion(last.Version + 1);
        work.Add(new(
            $"INSERT INTO rescue_setting ({Columns}) VALUES (@tenant, @name, @version, @value, @by_id, @by_name, @at)",
            ("tenant", version.Tenant), ("name", version.Name), ("version", version.Version), ("value", version.Value),
            ("by_id", version.SavedBy.Id), ("by_name", version.SavedBy.Name), ("at", version.SavedAt.UtcTicks)));
        await work.CommitAsync().ConfigureAwait(false);
        return new(true, version);
    }

    private static Statement History(string tenant, string name, int limit) => new(
        $"SELECT {Columns} FROM rescue_setting WHERE tenant = @tenant AND name = @name ORDER BY version DESC {Statement.Limit}",
        ("tenant", tenant), ("name", name), ("limit", (long)limit));

    private static SettingVersion Read(DbDataReader row) => new()
    {
        Tenant = row.GetString(0),
        Name = row.GetString(1),
        Version = row.GetInt64(2),
        Value = row.IsDBNull(3) ? null : row.GetString(3),
        SavedBy = new(row.GetString(4), row.GetString(5)),
        SavedAt = new(row.GetInt64(6), TimeSpan.Zero),
    };
}

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Settings;

namespace Rescue.Sessions.Administration;

/// <summary>
/// A tenant's documents of settings, as administrators handle them: what they take, how they are looked at, saved and gone through. What a document says, and whether
/// it will do, its own door knows. Thread-safe.
/// </summary>
internal sealed class AdministeredSettings(TenantSettings settings, PermissionPolicy policy, TimeProvider time)
{
    /// <summary>The most versions of one answer.</summary>
    private const int MostVersions = 200;

    /// <summary>Why a technician may not manage settings; null when they may.</summary>
    public async ValueTask<Refusal.Forbidden?> FindRefusalAsync(Technician technician, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(technician);
        var decision = await policy.DecideAsync(technician, [ConnectionRight.ManageSettings], cancellationToken).ConfigureAwait(false);
        return decision.IsAllowed ? null : new(decision);
    }

    /// <summary>What a document says, or what is configured where it says nothing.</summary>
    public ValueTask<SettingsRead<TValue>> FindAsync<TValue>(
        Technician technician, string name, JsonTypeInfo<TValue> type, Func<TValue> configured, CancellationToken cancellationToken)
        where TValue : class =>
        FindAsync(
            technician, name, version => new ValueTask<TValue>((version?.Value is { } json ? JsonSerializer.Deserialize(json, type) : null) ?? configured()), cancellationToken);

    /// <summary>What is read of a document's latest version, which is null when none was ever saved.</summary>
    // As it is now: what is saved next may be laid over it, and another node has perhaps saved within the last second.
    public ValueTask<SettingsRead<TValue>> FindAsync<TValue>(
        Technician technician, string name, Func<SettingVersion?, ValueTask<TValue>> read, CancellationToken cancellationToken) =>
        ReadHistoryAsync(technician, name, 1, versions => read(versions.FirstOrDefault()), cancellationToken);

    /// <summary>What is read of the latest versions of all documents whose names begin with <paramref name="prefix"/>.</summary>
    public async ValueTask<SettingsRead<TValue>> ListAsync<TValue>(
        Technician technician, string prefix, Func<ImmutableArray<SettingVersion>, ValueTask<TValue>> read, CancellationToken cancellationToken)
    {
        if (await FindRefusalAsync(technician, cancellationToken).ConfigureAwait(false) is { } refusal)
            return new SettingsRead<TValue>.Refused(refusal);
        var versions = await FindAllAsync(technician, prefix, cancellationToken).ConfigureAwait(false);
        return new SettingsRead<TValue>.Found(await read(versions).ConfigureAwait(false), null);
    }

    /// <summary>Those versions, for a technician who may manage settings.</summary>
    public ValueTask<ImmutableArray<SettingVersion>> FindAllAsync(Technician technician, string prefix, CancellationToken cancellationToken) =>
        settings.FindAllAsync(technician.Tenant, prefix, cancellationToken);

    /// <summary>What is read of a document's versions, newest first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not 1 to 200.</exception>
    public async ValueTask<SettingsRead<TValue>> ReadHistoryAsync<TValue>(
        Technician technician, string name, int limit, Func<ImmutableArray<SettingVersion>, ValueTask<TValue>> read, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MostVersions);
        if (await FindRefusalAsync(technician, cancellationToken).ConfigureAwait(false) is { } refusal)
            return new SettingsRead<TValue>.Refused(refusal);
        var versions = await settings.ReadHistoryAsync(technician.Tenant, name, limit, cancellationToken).ConfigureAwait(false);
        return new SettingsRead<TValue>.Found(await read(versions).ConfigureAwait(false), versions.FirstOrDefault());
    }

    /// <summary>Saves a document's next version; null goes back to the default.</summary>
    /// <param name="technician">Who saves.</param>
    /// <param name="name">The document's name.</param>
    /// <param name="value">What it says from now on.</param>
    /// <param name="type">How that is written.</param>
    /// <param name="basedOn">The version the author saw, 0 for none; null saves whatever there is.</param>
    /// <param name="findProblems">What is wrong with the value; asked of those alone who may save it.</param>
    /// <param name="cancellationToken">Ends the wait; it may be saved all the same.</param>
    public async ValueTask<SettingsSave> SaveAsync<TValue>(
        Technician technician,
        string name,
        TValue? value,
        JsonTypeInfo<TValue> type,
        long? basedOn,
        Func<ValueTask<ImmutableArray<FieldProblem>>> findProblems,
        CancellationToken cancellationToken)
        where TValue : class
    {
        if (await FindRefusalAsync(technician, cancellationToken).ConfigureAwait(false) is { } refusal)
            return new SettingsSave.Refused(refusal);
        var problems = await findProblems().ConfigureAwait(false);
        return problems.IsEmpty
            ? await WriteAsync(technician, name, value, type, basedOn, cancellationToken).ConfigureAwait(false)
            : new SettingsSave.Refused(new Refusal.Invalid(problems));
    }

    /// <summary>The same for a value that has been found good, and a technician who may save it.</summary>
    public async ValueTask<SettingsSave> WriteAsync<TValue>(
        Technician technician, string name, TValue? value, JsonTypeInfo<TValue> type, long? basedOn, CancellationToken cancellationToken)
        where TValue : class
    {
        var change = new SettingChange
        {
            Tenant = technician.Tenant,
            Name = name,
            Value = value is null ? null : JsonSerializer.Serialize(value, type),
            By = new(technician.Id, technician.Name),
            At = time.GetUtcNow(),
            BasedOn = basedOn,
        };
        var result = await settings.SaveAsync(change, cancellationToken).ConfigureAwait(false);
        return result.Saved ? new SettingsSave.Saved(result.Latest) : new SettingsSave.Refused(new Refusal.Outdated(result.Latest));
    }
}

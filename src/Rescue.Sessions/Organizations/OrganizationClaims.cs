using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rescue.Sessions.Settings;

namespace Rescue.Sessions.Organizations;

/// <summary>
/// The host names and the senders' domains that administrators have taken for their tenants: a document for each, so that of two who want one the first
/// has it, on whatever node. Thread-safe.
/// </summary>
/// <remarks>
/// Documents of tenants that are none, over which host names are spread by a hash: to look a name up reads a few of them, however many there are, and
/// strangers who send names of their own make no more than these few hundred be read.
/// </remarks>
internal sealed class OrganizationClaims(TenantSettings settings, TimeProvider time)
{
    private const string Hosts = ":organization-hosts/";
    private const string Senders = ":organization-senders/";

    // Taken first and then used: in between, it is not yet in any setting.
    private static readonly TimeSpan Saving = TimeSpan.FromMinutes(1);

    /// <summary>The tenant that has taken a host name; null when none has.</summary>
    public ValueTask<string?> TenantOfHostAsync(string hostName, CancellationToken cancellationToken) =>
        settings.FindAsync(ShelfOf(Hosts, hostName), NameOf(hostName), SettingsJson.Default.String, cancellationToken);

    /// <summary>The tenant that has taken the domain of a sender's address; null when none has.</summary>
    public ValueTask<string?> TenantOfSenderAsync(string domain, CancellationToken cancellationToken) =>
        settings.FindAsync(ShelfOf(Senders, domain), NameOf(domain), SettingsJson.Default.String, cancellationToken);

    /// <summary>Takes a host name; false when another tenant has it.</summary>
    /// <param name="hostName">The host name.</param>
    /// <param name="taker">Who takes it, for their tenant.</param>
    /// <param name="holds">
    /// Whether a tenant that has taken the name holds it, and whether it has done so just now: what was taken for a setting that then was not saved is nobody's.
    /// </param>
    /// <param name="cancellationToken">Ends the wait; it may be taken all the same.</param>
    public ValueTask<bool> TryTakeHostAsync(
        string hostName, Technician taker, Func<string, bool, ValueTask<bool>> holds, CancellationToken cancellationToken) =>
        TryTakeAsync(Hosts, hostName, taker, holds, cancellationToken);

    /// <summary>Takes the domain of a sender's address; false when another tenant has it.</summary>
    /// <inheritdoc cref="TryTakeHostAsync"/>
    public ValueTask<bool> TryTakeSenderAsync(
        string domain, Technician taker, Func<string, bool, ValueTask<bool>> holds, CancellationToken cancellationToken) =>
        TryTakeAsync(Senders, domain, taker, holds, cancellationToken);

    /// <summary>Gives up a host name.</summary>
    /// <param name="hostName">The host name.</param>
    /// <param name="holder">Who gives it up, for their tenant.</param>
    /// <param name="isSet">Whether the tenant's setting holds it all the same, as it is now.</param>
    /// <param name="cancellationToken">Ends the wait; it may be given up all the same.</param>
    public ValueTask ReleaseHostAsync(string hostName, Technician holder, Func<ValueTask<bool>> isSet, CancellationToken cancellationToken) =>
        ReleaseAsync(Hosts, hostName, holder, isSet, cancellationToken);

    /// <summary>Gives up the domain of a sender's address.</summary>
    /// <inheritdoc cref="ReleaseHostAsync"/>
    public ValueTask ReleaseSenderAsync(string domain, Technician holder, Func<ValueTask<bool>> isSet, CancellationToken cancellationToken) =>
        ReleaseAsync(Senders, domain, holder, isSet, cancellationToken);

    private async ValueTask<bool> TryTakeAsync(
        string kind, string claimed, Technician taker, Func<string, bool, ValueTask<bool>> holds, CancellationToken cancellationToken)
    {
        while (true)
        {
            var latest = await LookAsync(kind, claimed, cancellationToken).ConfigureAwait(false);
            var holder = HolderOf(latest);
            // What the tenant has already is taken anew: whoever is about to give it up sees another version of it, and leaves it.
            if (holder is not null && holder != taker.Tenant && await holds(holder, time.GetUtcNow() - latest!.SavedAt < Saving).ConfigureAwait(false))
                return false;
            if (await SaveAsync(kind, claimed, taker.Tenant, latest?.Version ?? 0, taker, cancellationToken).ConfigureAwait(false))
                return true;
        }
    }

    // Whoever was quicker has taken it, and then there is nothing to give back. The claim is looked at before the setting: it is taken, then set, and then taken anew.
    private async ValueTask ReleaseAsync(string kind, string claimed, Technician holder, Func<ValueTask<bool>> isSet, CancellationToken cancellationToken)
    {
        var latest = await LookAsync(kind, claimed, cancellationToken).ConfigureAwait(false);
        if (HolderOf(latest) == holder.Tenant && !await isSet().ConfigureAwait(false))
            await SaveAsync(kind, claimed, null, latest!.Version, holder, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<SettingVersion?> LookAsync(string kind, string claimed, CancellationToken cancellationToken) =>
        (await settings.ReadHistoryAsync(ShelfOf(kind, claimed), NameOf(claimed), 1, cancellationToken).ConfigureAwait(false)).FirstOrDefault();

    private static string? HolderOf(SettingVersion? latest) =>
        latest?.Value is { } tenant ? JsonSerializer.Deserialize(tenant, SettingsJson.Default.String) : null;

    private async ValueTask<bool> SaveAsync(string kind, string claimed, string? tenant, long basedOn, Technician by, CancellationToken cancellationToken)
    {
        var change = new SettingChange
        {
            Tenant = ShelfOf(kind, claimed), Name = NameOf(claimed), Value = tenant is null ? null : JsonSerializer.Serialize(tenant, SettingsJson.Default.String),
            By = by.Reference, At = time.GetUtcNow(), BasedOn = basedOn,
        };
        return (await settings.WriteAsync(change, cancellationToken).ConfigureAwait(false)).Saved;
    }

    private static string ShelfOf(string kind, string claimed) => kind + Hash(claimed)[0].ToString("x2", CultureInfo.InvariantCulture);

    private static string NameOf(string claimed) => claimed.Length <= SettingChange.MaxNameLength ? claimed : Convert.ToHexStringLower(Hash(claimed));

    private static byte[] Hash(string claimed) => SHA256.HashData(Encoding.UTF8.GetBytes(claimed));
}

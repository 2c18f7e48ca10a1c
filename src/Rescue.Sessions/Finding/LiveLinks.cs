using Rescue.Sessions.Codes;
using Rescue.Sessions.Organizations;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Finding;

/// <summary>The links of sessions whose code is live, at the address of their organisation. Thread-safe.</summary>
internal sealed class LiveLinks(SessionSecrets secrets, OrganizationDirectory organizations, TimeProvider time)
{
    public async ValueTask<Uri> FindBaseAsync(string tenant, CancellationToken cancellationToken) =>
        (await organizations.FindAsync(tenant, cancellationToken).ConfigureAwait(false)).PublicBaseUri;

    /// <summary>The same for a customer, whom nothing turns away that is said of organizations: where they cannot be read, as it is configured.</summary>
    public async ValueTask<Uri> FindBaseForCustomerAsync(string tenant, CancellationToken cancellationToken)
    {
        try
        {
            return await FindBaseAsync(tenant, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return organizations.FindConfigured(tenant).PublicBaseUri;
        }
    }

    /// <summary>Null when the code is not live, and when the key of the ring that sealed it is missing.</summary>
    public async ValueTask<ConnectionLink?> FindAsync(StoredSession stored, CancellationToken cancellationToken) =>
        IsLive(stored) ? Of(stored, await FindBaseAsync(stored.Session.Tenant, cancellationToken).ConfigureAwait(false)) : null;

    /// <inheritdoc cref="FindAsync"/>
    public ConnectionLink? Of(StoredSession stored, Uri baseUri) => IsLive(stored) ? secrets.LinkOf(stored, baseUri) : null;

    public bool IsLive(StoredSession stored) => stored.SealedCode is not null && stored.Session.IsCodeLive(time.GetUtcNow());
}

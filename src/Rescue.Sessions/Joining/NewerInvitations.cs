using Rescue.Sessions.Normalization;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Joining;

/// <summary>Knows when a customer has opened an old message although a newer code was sent to them. Thread-safe.</summary>
internal sealed class NewerInvitations(ISessionStore store, TimeProvider time)
{
    private const int NewestInvitations = 10;

    /// <summary>Whether a later session of the same address has a live code.</summary>
    // The newest sessions of an address are few and indexed; a link that is older than these is not worth a longer search.
    public async ValueTask<bool> HasAsync(Session session, CancellationToken cancellationToken)
    {
        if (session.Invitation?.To is not { } to)
            return false;
        var query = new SessionQuery { Tenant = session.Tenant, Customer = to, Limit = NewestInvitations };
        var newest = await store.ListAsync(query, cancellationToken).ConfigureAwait(false);
        return newest.Any(other => other.Id > session.Id
            && other.Invitation?.To is { } sent && NormalForm.ForCustomer(sent) == NormalForm.ForCustomer(to)
            && other.Settle(time.GetUtcNow()).IsCodeLive(time.GetUtcNow()));
    }
}

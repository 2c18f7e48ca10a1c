using System.Security.Cryptography;
using System.Text;
using Rescue.Sessions;
using Rescue.Sessions.Stores;

namespace Guides.Tests.Snippets;

internal sealed class Relay(ISessionStore store, SessionDirectory sessions)
{
    public async Task<bool> IsSecretOfAsync(SessionId id, string secret, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(SessionSelector.ById(id), cancellationToken) is not { Session: { Owner: { } owner } session })   // ISessionStore, from the services
            return false;
        var details = await sessions.FindDetailsAsync(new Technician(owner.Id, owner.Name) { Tenant = session.Tenant }, id, cancellationToken);
        return details?.HandOver is { Text: var right } && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(right), Encoding.UTF8.GetBytes(secret));
    }
}

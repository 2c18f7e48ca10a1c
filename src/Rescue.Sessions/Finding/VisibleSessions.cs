using Rescue.Sessions.Permissions;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Finding;

/// <summary>Which of their tenant's sessions technicians get to see. Thread-safe.</summary>
internal sealed class VisibleSessions(ISessionStore store, OwnSessions own, TimeProvider time)
{
    /// <summary>A session of the technician's tenant; null when there is none.</summary>
    public async ValueTask<StoredSession?> FindOfTenantAsync(Technician technician, SessionId id, CancellationToken cancellationToken)
    {
        var found = await store.FindAsync(SessionSelector.ById(id), cancellationToken).ConfigureAwait(false);
        return found?.Session.Tenant == technician.Tenant ? found : null;
    }

    /// <summary>A session that the technician may see; null when there is none.</summary>
    public async ValueTask<StoredSession?> FindAsync(Technician technician, SessionId id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(technician);
        var found = await store.FindAsync(SessionSelector.ById(id), cancellationToken).ConfigureAwait(false);
        return found is not null && await MaySeeAsync(technician, found, cancellationToken).ConfigureAwait(false) ? found : null;
    }

    public async ValueTask<bool> MaySeeAsync(Technician technician, StoredSession found, CancellationToken cancellationToken) =>
        found.Session.Tenant == technician.Tenant
        && (found.Session.Settle(time.GetUtcNow()).Concerns(technician.Id) || !await own.BindAsync(technician, cancellationToken).ConfigureAwait(false));
}

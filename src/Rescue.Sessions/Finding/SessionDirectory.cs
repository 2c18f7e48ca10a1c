using System.Collections.Immutable;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Finding;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions;

/// <summary>Finds and lists sessions, as they are now, for those who may see them. Thread-safe.</summary>
public sealed class SessionDirectory
{
    private static readonly ConnectionRight[][] WaysToConnect =
    [
        [ConnectionRight.PrivateSessions, ConnectionRight.PinConnection],
        [ConnectionRight.PrivateSessions, ConnectionRight.EmailConnection, ConnectionRight.EmailDefaultClient],
        [ConnectionRight.PrivateSessions, ConnectionRight.EmailConnection, ConnectionRight.EmailOnBehalf],
    ];

    private readonly ISessionStore store;
    private readonly VisibleSessions visible;
    private readonly OwnSessions own;
    private readonly LiveLinks links;
    private readonly SessionSecrets secrets;
    private readonly PermissionPolicy policy;
    private readonly TimeProvider time;

    internal SessionDirectory(
        ISessionStore store,
        VisibleSessions visible,
        OwnSessions own,
        LiveLinks links,
        SessionSecrets secrets,
        PermissionPolicy policy,
        TimeProvider time)
    {
        this.store = store;
        this.visible = visible;
        this.own = own;
        this.links = links;
        this.secrets = secrets;
        this.policy = policy;
        this.time = time;
    }

    /// <summary>Finds a session that the technician may see, of their tenant, as it is now; null when there is none.</summary>
    public async ValueTask<Session?> FindAsync(Technician technician, SessionId id, CancellationToken cancellationToken = default) =>
        (await visible.FindAsync(technician, id, cancellationToken).ConfigureAwait(false))?.Session.Settle(time.GetUtcNow());

    /// <summary>Finds a session that the technician may see with all that they may know of it, in one look at the store; null when there is none.</summary>
    public async ValueTask<SessionDetails?> FindDetailsAsync(Technician technician, SessionId id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        if (await store.FindHistoryAsync(id, cancellationToken).ConfigureAwait(false) is not { Session: var found, Events: var events }
            || !await visible.MaySeeAsync(technician, found, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        var link = await links.FindAsync(found, cancellationToken).ConfigureAwait(false);
        return new(
            found.Session.Settle(time.GetUtcNow()),
            new(events),
            link is not null && await MayConnectAsync(technician, cancellationToken).ConfigureAwait(false) ? link : null,
            secrets.HandOverFor(technician, found, time.GetUtcNow()));
    }

    /// <summary>
    /// The link and PIN of a session whose code is live, to copy or to read out; null when it is not, when there is no such session, when the technician
    /// may bring no customer to a session, and when the key of the ring that sealed it is missing.
    /// </summary>
    public async ValueTask<ConnectionLink?> FindLinkAsync(Technician technician, SessionId id, CancellationToken cancellationToken = default)
    {
        var found = await visible.FindAsync(technician, id, cancellationToken).ConfigureAwait(false);
        return found is null || !await MayConnectAsync(technician, cancellationToken).ConfigureAwait(false)
            ? null
            : await links.FindAsync(found, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lists the sessions that a technician may see, newest first. The query's tenant is the technician's.</summary>
    /// <param name="technician">Who looks.</param>
    /// <param name="query">What they look for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">The query is for another tenant.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not 1 to 200.</exception>
    public async ValueTask<ImmutableArray<Session>> ListAsync(Technician technician, SessionQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        ArgumentNullException.ThrowIfNull(query);
        if (query.Tenant != technician.Tenant)
            throw new ArgumentException("The query's tenant is not the technician's.", nameof(query));
        if (!await own.BindAsync(technician, cancellationToken).ConfigureAwait(false))
            return await ListAsync(query, cancellationToken).ConfigureAwait(false);
        // A query that is for a colleague's sessions finds nothing.
        return query.Technician is { } other && other != technician.Id
            ? []
            : await ListAsync(query with { Technician = technician.Id }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lists sessions, newest first, for the host itself: whatever technicians may see.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not 1 to 200.</exception>
    public async ValueTask<ImmutableArray<Session>> ListAsync(SessionQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, SessionQuery.MaxLimit, nameof(query));
        var now = time.GetUtcNow();
        var page = ImmutableArray.CreateBuilder<Session>();
        var rest = query;
        while (true)
        {
            var found = await store.ListInEachFormAsync(rest, cancellationToken).ConfigureAwait(false);
            foreach (var session in found.Select(session => session.Settle(now)))
            {
                // Time has moved some on that the store still has under the status asked for; others take their place on the page.
                if ((query.Statuses.Count == 0 || query.Statuses.Contains(session.Status)) && IsStillOf(query.Technician, session))
                    page.Add(session);
                if (page.Count == query.Limit)
                    return page.ToImmutable();
            }

            if (found.Length < query.Limit)
                return page.ToImmutable();
            rest = rest with { After = found[^1].Id };
        }
    }

    // Time has ended some offers that the store still has.
    private static bool IsStillOf(string? technician, Session session) =>
        technician is null || session.Status == SessionStatus.Unreadable || session.Concerns(technician);

    // PIN and link are for those who may send the one or the other.
    private async ValueTask<bool> MayConnectAsync(Technician technician, CancellationToken cancellationToken)
    {
        foreach (var rights in WaysToConnect)
        {
            if ((await policy.DecideAsync(technician, rights, cancellationToken).ConfigureAwait(false)).IsAllowed)
                return true;
        }

        return false;
    }
}

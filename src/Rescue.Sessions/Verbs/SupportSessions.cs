using System.Collections.Immutable;
using Rescue.Sessions.Deadlines;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Refusals;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;
using Rescue.Sessions.Verbs;

namespace Rescue.Sessions;

/// <summary>
/// What technicians do with sessions: the door through which a host product starts, hands over and ends them. Thread-safe.
/// </summary>
/// <remarks>
/// Refusals are results. Exceptions are mistakes of the caller (<see cref="ArgumentException"/>) or failures of the store, which surface as they are.
/// Sessions are made by <see cref="SupportInvitations"/> and found by <see cref="SessionDirectory"/>; the customer's side is <see cref="CustomerSessions"/>.
/// </remarks>
public sealed class SupportSessions
{
    private readonly TechnicianChanges changes;
    private readonly TransferOffers offers;
    private readonly ActivityNotes activity;
    private readonly PermissionPolicy policy;
    private readonly ISessionStore store;
    private readonly TimeProvider time;
    private readonly SessionTelemetry telemetry;

    internal SupportSessions(
        TechnicianChanges changes,
        TransferOffers offers,
        ActivityNotes activity,
        PermissionPolicy policy,
        ISessionStore store,
        TimeProvider time,
        SessionTelemetry telemetry)
    {
        this.changes = changes;
        this.offers = offers;
        this.activity = activity;
        this.policy = policy;
        this.store = store;
        this.time = time;
        this.telemetry = telemetry;
    }

    /// <summary>
    /// Picks a waiting customer up. Of two technicians who do so at once one wins, and the other is told who; the winner's repeat is a success.
    /// </summary>
    public async ValueTask<SessionResult> StartAsync(Technician technician, SessionId id, CancellationToken cancellationToken = default)
    {
        var result = await changes.TakeAsync(technician, id, SessionTrigger.Start, cancellationToken).ConfigureAwait(false);
        return result is SessionResult.NotPermitted { Session: { Status: SessionStatus.Active, Owner: { } owner, StartedAt: { } at } session }
            ? new SessionResult.AlreadyStarted(session, owner, at)
            : result;
    }

    /// <summary>Lays an active session aside, for up to <see cref="TimeoutOptions.Hold"/>; takes the right to hold. Only its owner can.</summary>
    public async ValueTask<SessionResult> HoldAsync(Technician technician, SessionId id, CancellationToken cancellationToken = default) =>
        await policy.FindRefusalAsync(technician, ConnectionRight.Hold, cancellationToken).ConfigureAwait(false) is { } refusal
            ? new SessionResult.Refused(refusal)
            : await changes.ActAsync(technician, id, SessionTrigger.Hold, cancellationToken).ConfigureAwait(false);

    /// <summary>Takes up a session on hold; whoever does becomes its owner, within their capacity. Their repeat is a success.</summary>
    public ValueTask<SessionResult> ResumeAsync(Technician technician, SessionId id, CancellationToken cancellationToken = default) =>
        changes.TakeAsync(technician, id, SessionTrigger.Resume, cancellationToken);

    /// <summary>Offers a session to another technician, who is known and neither busy nor away; takes the right to transfer. Only its owner can, once it has one.</summary>
    /// <param name="technician">Who offers.</param>
    /// <param name="id">The session.</param>
    /// <param name="to">The host's id of the technician to whom it is offered.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<SessionResult> TransferAsync(
        Technician technician, SessionId id, string? to, CancellationToken cancellationToken = default) =>
        offers.MakeAsync(technician, id, to, cancellationToken);

    /// <summary>Accepts a session that was offered to the technician, within their capacity. Their repeat is a success.</summary>
    public ValueTask<SessionResult> AcceptTransferAsync(Technician technician, SessionId id, CancellationToken cancellationToken = default) =>
        changes.TakeAsync(technician, id, SessionTrigger.AcceptTransfer, cancellationToken);

    /// <summary>Declines a session that was offered to the technician; it goes back to where it was.</summary>
    public ValueTask<SessionResult> DeclineTransferAsync(Technician technician, SessionId id, CancellationToken cancellationToken = default) =>
        changes.ActAsync(technician, id, SessionTrigger.DeclineTransfer, cancellationToken);

    /// <summary>Withdraws the technician's own offer; the session goes back to where it was.</summary>
    public ValueTask<SessionResult> TakeBackTransferAsync(Technician technician, SessionId id, CancellationToken cancellationToken = default) =>
        changes.ActAsync(technician, id, SessionTrigger.TakeBackTransfer, cancellationToken);

    /// <summary>Notes that the technician restarts the customer's machine; the session goes back when the applet does.</summary>
    public ValueTask<SessionResult> RebootAsync(Technician technician, SessionId id, CancellationToken cancellationToken = default) =>
        changes.EndAsync(technician, id, SessionTrigger.Reboot, cancellationToken);

    /// <summary>
    /// Notes that the technician is at work in an active session, so that its idle time-out runs anew. Call it when remote control, chat or whatever
    /// the product has is used; it is written down at most once a minute, or in a tenth of the time-out. Only the owner can.
    /// </summary>
    public ValueTask<SessionResult> NoteActivityAsync(Technician technician, SessionId id, CancellationToken cancellationToken = default) =>
        activity.NoteAsync(technician, id, cancellationToken);

    /// <summary>Ends a session. A colleague's takes the rights to private and to colleagues' sessions.</summary>
    public ValueTask<SessionResult> CloseAsync(Technician technician, SessionId id, CancellationToken cancellationToken = default) =>
        changes.EndAsync(technician, id, SessionTrigger.Close, cancellationToken);

    /// <summary>Takes a code back before it has led to assistance. A colleague's takes the rights to private and to colleagues' sessions.</summary>
    public ValueTask<SessionResult> RevokeAsync(Technician technician, SessionId id, CancellationToken cancellationToken = default) =>
        changes.EndAsync(technician, id, SessionTrigger.Revoke, cancellationToken);

    /// <summary>What the technician may do with a session in its present status. Rights and capacity are looked at when they do it.</summary>
    public static ImmutableArray<SessionTrigger> PermittedFor(Technician technician, Session session)
    {
        ArgumentNullException.ThrowIfNull(technician);
        ArgumentNullException.ThrowIfNull(session);
        return
        [
            .. SessionLifecycle.Permitted(session.Status).Where(trigger =>
                SessionLifecycle.Find(session.Status, trigger) is { Actor: SessionActor.Technician } row && Is(row.Role, technician, session)),
        ];
    }

    // The guard of a change asks the same of the store.
    private static bool Is(TechnicianRole role, Technician technician, Session session) => role switch
    {
        TechnicianRole.Owner => session.Owner is null || session.Owner.Id == technician.Id,
        TechnicianRole.Sender => session.Offer?.From.Id == technician.Id,
        TechnicianRole.Recipient => session.Offer?.To == technician.Id,
        _ => true,
    };

    /// <summary>Ends every open session of a technician whom the host has deleted or disabled.</summary>
    /// <param name="tenant">Their tenant.</param>
    /// <param name="technicianId">The host's id of them.</param>
    /// <param name="cancellationToken">Ends the work; a repeat goes on with it.</param>
    /// <returns>How many sessions ended.</returns>
    public async ValueTask<int> AbortAllAsync(string tenant, string technicianId, CancellationToken cancellationToken = default)
    {
        var ended = 0;
        foreach (var session in await store.FindOpenOfAsync(tenant, technicianId, cancellationToken).ConfigureAwait(false))
        {
            // A colleague who has picked the customer up since keeps them.
            var guard = new SessionGuard { Now = time.GetUtcNow(), Tenant = tenant, Owner = technicianId };
            if (await store.AbortAsync(session.Id, guard, telemetry, cancellationToken).ConfigureAwait(false))
                ended++;
        }

        return ended;
    }

    /// <summary>Ends every open session of a tenant that has left, for the host itself. Keep its technicians and customers out first, or they may begin anew.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Ends the work; a repeat goes on with it.</param>
    /// <returns>How many sessions ended.</returns>
    public ValueTask<int> AbortTenantAsync(string tenant, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(tenant);
        return store.AbortAllAsync(tenant, time, telemetry, cancellationToken);
    }
}

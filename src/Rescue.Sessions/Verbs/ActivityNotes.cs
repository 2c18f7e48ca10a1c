using Rescue.Sessions.Codes;
using Rescue.Sessions.Deadlines;
using Rescue.Sessions.Finding;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Refusals;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Verbs;

/// <summary>Notes that technicians are at work, seldom enough for the store. Thread-safe.</summary>
internal sealed class ActivityNotes(
    ISessionStore store, PermissionPolicy policy, VisibleSessions sessions, SessionSecrets secrets, TimeProvider time, SessionTelemetry telemetry)
{
    private static readonly TimeSpan LongestUnnoted = TimeSpan.FromMinutes(1);

    public async ValueTask<SessionResult> NoteAsync(Technician technician, SessionId id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(technician);
        if (await sessions.FindOfTenantAsync(technician, id, cancellationToken).ConfigureAwait(false) is not { } found)
            return SessionResult.NotFound.Instance;
        var now = time.GetUtcNow();
        var session = found.Session.Settle(now);
        if (!session.IsOpenTo(technician.Id)
            && await policy.FindRefusalAsync(technician, ConnectionRight.ColleaguesSessions, cancellationToken).ConfigureAwait(false) is { } refusal)
        {
            return new SessionResult.Refused(refusal);
        }

        if (session.Status != SessionStatus.Active || session.Owner?.Id != technician.Id)
            return SessionResult.NotPermitted.Of(technician, session);
        var tenth = session.Timeouts.ActiveIdle / 10;
        if (session.Deadline is null || now - session.DeadlineSince < (tenth < LongestUnnoted ? tenth : LongestUnnoted))
            return SessionResult.Done.Of(technician, found, secrets, now);
        var change = new SessionChange { Kind = SessionEventKind.Activity, At = now, Actor = SessionActor.Technician, By = technician.Reference };
        var guard = new SessionGuard { Now = now, Tenant = technician.Tenant, Owner = technician.Id };
        var result = await store.TransitionSettledAsync(
            SessionSelector.ById(id), guard, change, current => current.Session.Tenant == technician.Tenant, telemetry, cancellationToken).ConfigureAwait(false);
        return result.Applied
            ? SessionResult.Done.Of(technician, result.Session!, secrets, now)
            : SessionResult.NotPermitted.Of(technician, result.Session!.Session.Settle(now));
    }
}

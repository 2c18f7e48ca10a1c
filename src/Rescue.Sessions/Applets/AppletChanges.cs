using Microsoft.Extensions.Options;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Deadlines;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Applets;

/// <summary>Makes the changes that applets ask for, each in one conditional write that asks for the applet's key. Thread-safe.</summary>
internal sealed class AppletChanges(
    ISessionStore store, SessionSecrets secrets, SignsOfLife signs, IOptionsMonitor<IAppletOptions> options, TimeProvider time, SessionTelemetry telemetry)
{
    /// <summary>A change that the customer makes now.</summary>
    public SessionChange Of(SessionTrigger trigger) => new()
    {
        Kind = SessionEventKind.Transition, Trigger = trigger, At = time.GetUtcNow(), Actor = SessionActor.Customer,
    };

    /// <summary>Makes a change of an applet that proves itself by its key.</summary>
    public async ValueTask<AppletResult> SayAsync(SessionId id, AppletKey key, SessionChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        var guard = new SessionGuard { Now = change.At, AppletKey = secrets.Keys.Hash(key) };
        var result = await store.TransitionSettledAsync(
            SessionSelector.ById(id), guard, change, found => found.AppletKey is { } present && guard.AppletKey.Contains(present), telemetry, cancellationToken)
            .ConfigureAwait(false);
        if (result.Applied)
        {
            telemetry.Changed(result.Session!.Session, change.Trigger!.Value);
            return new AppletResult.Done(result.Session.Session);
        }

        var known = result.Session?.AppletKey is { } current && guard.AppletKey.Contains(current);
        // An applet that is ready already, and did not hear so, is only alive.
        if (known && change.Trigger == SessionTrigger.Ready)
            return ResultFor(await signs.NoteAsync(new(id, guard.AppletKey), cancellationToken).ConfigureAwait(false));
        return ResultFor(known ? result.Session : null, change.Trigger);
    }

    /// <summary>Lets a session begin at once with who made it, within their capacity.</summary>
    public async ValueTask<AppletResult> AutoStartAsync(SessionId id, AppletKey key, SessionChange ready, CancellationToken cancellationToken)
    {
        var capacity = options.CurrentValue.Technicians.Capacity;
        if (await store.FindAsync(SessionSelector.ById(id), cancellationToken).ConfigureAwait(false) is { Session: { Status: SessionStatus.Connecting, CreatedBy: { } maker } })
        {
            var start = ready with
            {
                Trigger = SessionTrigger.AutoStart, Actor = SessionActor.Policy, Owner = maker,
                SealedHandOver = secrets.Keys.Seal(HandOverSecret.Generate().Bytes, id),
            };
            var guard = new SessionGuard { Now = ready.At, AppletKey = secrets.Keys.Hash(key), Capacity = capacity == 0 ? null : capacity };
            var result = await store.TransitionAsync(SessionSelector.ById(id), guard, start, cancellationToken).ConfigureAwait(false);
            if (result.Applied)
            {
                telemetry.Changed(result.Session!.Session, SessionTrigger.AutoStart);
                return new AppletResult.Done(result.Session.Session);
            }
        }

        // The technician is at capacity, nobody has made it, or the session is further on: the customer waits.
        return await SayAsync(id, key, ready, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What an applet is answered; null stands for one whose key is not the present one.</summary>
    public AppletResult ResultFor(StoredSession? proven, SessionTrigger? refused = null)
    {
        if (proven is null)
            return AppletResult.UnknownKey.Instance;
        var session = proven.Session.Settle(time.GetUtcNow());
        if (session.Status == SessionStatus.Closed)
            return new AppletResult.Over(session);
        return refused is null ? new AppletResult.Done(session) : new AppletResult.NotPermitted(session);
    }
}

using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Deadlines;

/// <summary>Ends a session because those are gone who could serve it.</summary>
internal static class SessionAbort
{
    /// <returns>Whether it did; false for one that has ended, and for one that the guard keeps.</returns>
    public static async ValueTask<bool> AbortAsync(
        this ISessionStore store, SessionId id, SessionGuard guard, SessionTelemetry telemetry, CancellationToken cancellationToken)
    {
        var change = new SessionChange { Kind = SessionEventKind.Transition, Trigger = SessionTrigger.Abort, At = guard.Now, Actor = SessionActor.Policy };
        var result = await store.TransitionSettledAsync(SessionSelector.ById(id), guard, change, _ => true, telemetry, cancellationToken).ConfigureAwait(false);
        if (result.Applied)
            telemetry.Changed(result.Session!.Session, SessionTrigger.Abort);
        return result.Applied;
    }
}

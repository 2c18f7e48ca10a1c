using System.Collections.Immutable;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Deadlines;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Joining;

/// <summary>Redeems codes, each in one conditional write, and ends what nobody asked for. Thread-safe.</summary>
internal sealed class Redemption(ISessionStore store, SessionSecrets secrets, TimeProvider time, SessionTelemetry telemetry)
{
    /// <summary>Joins, or comes back. The answer is null where the code does not lead to a session.</summary>
    public async ValueTask<(JoinResult? Answer, StoredSession? Current)> RedeemAsync(
        SessionSelector selector, ImmutableArray<KeyedHash> instances, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var key = AppletKey.Generate();
        var change = Change(SessionTrigger.Join, now, join: new AppletJoin(instances[0], secrets.Keys.Hash(key)[0]));
        var guard = new SessionGuard { Now = now, Instance = instances };
        // Who comes back while a deadline has passed that nobody has recorded is not another.
        var result = await store.TransitionSettledAsync(
            selector, guard, change, found => found.Instance is { } joined && instances.Contains(joined), telemetry, cancellationToken).ConfigureAwait(false);
        if (!result.Applied)
            return (result.Session is { } current && TooManyJoins(current, instances, now) is { } many ? many : null, result.Session);
        telemetry.Changed(result.Session!.Session, SessionTrigger.Join);
        return (new JoinResult.Joined(result.Session.Session, key), result.Session);
    }

    /// <summary>Ends a session whose customer did not ask for it; null where the code cannot be redeemed.</summary>
    public async ValueTask<DeclineResult.Declined?> EndUnaskedAsync(SessionSelector selector, CancellationToken cancellationToken)
    {
        var change = Change(SessionTrigger.Decline, time.GetUtcNow(), detail: CustomerSessions.NotAskedFor);
        var guard = new SessionGuard { Now = change.At, CodeLive = true };
        var result = await store.TransitionAsync(selector, guard, change, cancellationToken).ConfigureAwait(false);
        if (!result.Applied)
            return null;
        telemetry.Changed(result.Session!.Session, SessionTrigger.Decline);
        telemetry.NotAskedFor(result.Session.Session);
        return new(result.Session.Session);
    }

    /// <summary>Why a code that was good no longer is.</summary>
    public static JoinRefusal RefusalOf(Session session) => session.End switch
    {
        null => JoinRefusal.AlreadyUsed,
        SessionEnd.Expired => JoinRefusal.Expired,
        SessionEnd.ConnectingTimedOut when session.JoinedAt is null => JoinRefusal.Expired,
        SessionEnd.Revoked => JoinRefusal.Revoked,
        SessionEnd.Aborted or SessionEnd.WaitingTimedOut => JoinRefusal.NoTechnician,
        _ => JoinRefusal.Ended,
    };

    private static JoinResult.Refused? TooManyJoins(StoredSession current, ImmutableArray<KeyedHash> instances, DateTimeOffset now) =>
        current.Session.Settle(now).Status != SessionStatus.Closed
        && current.Instance is { } joined && instances.Contains(joined)
        && current.Rejoins?.RetryAfter(now) is { } retryAfter
            ? new(new(LimitedAction.Join, retryAfter))
            : null;

    private static SessionChange Change(SessionTrigger trigger, DateTimeOffset at, AppletJoin? join = null, string? detail = null) => new()
    {
        Kind = SessionEventKind.Transition, Trigger = trigger, At = at, Actor = SessionActor.Customer, Join = join, Detail = detail,
    };
}

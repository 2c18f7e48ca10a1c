using System.Collections.Immutable;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Deadlines;
using Rescue.Sessions.Feed;
using Rescue.Sessions.Guests;
using Rescue.Sessions.Joining;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;
using Rescue.Sessions.Visiting;

namespace Rescue.Sessions;

/// <summary>The guest's side: looking at a link without using it, joining, hearing what happens, and leaving. Thread-safe.</summary>
/// <remarks>Looking changes nothing, so that previews and mail scanners that follow links join nobody. A token cannot be guessed and needs no limit.</remarks>
public sealed class GuestSessions
{
    private readonly ISessionStore store;
    private readonly SessionSecrets secrets;
    private readonly SessionFeed feed;
    private readonly TimeProvider time;
    private readonly SessionTelemetry telemetry;

    internal GuestSessions(ISessionStore store, SessionSecrets secrets, SessionFeed feed, TimeProvider time, SessionTelemetry telemetry)
    {
        this.store = store;
        this.secrets = secrets;
        this.feed = feed;
        this.time = time;
        this.telemetry = telemetry;
    }

    /// <summary>Looks at a link without joining.</summary>
    public async ValueTask<GuestLookup> LookUpAsync(GuestToken token, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        return (await FindByTokenAsync(token, cancellationToken).ConfigureAwait(false)).Answer;
    }

    /// <summary>Joins.</summary>
    /// <param name="token">The link's token.</param>
    /// <param name="name">What the guest calls themselves, 1 to 128 characters; customer and technicians see it.</param>
    /// <param name="instance">
    /// The name of the browser or program for itself, 1 to 64 of <c>[A-Za-z0-9_-]</c>: with the same one the guest comes back, and nobody else by the same link.
    /// Null for one that never comes back.
    /// </param>
    /// <param name="cancellationToken">Ends the wait; the guest may have joined all the same.</param>
    /// <exception cref="ArgumentException">The instance is not such a name.</exception>
    public async ValueTask<GuestJoinResult> JoinAsync(GuestToken token, string? name, string? instance, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        var instances = secrets.Keys.HashInstance(AppletInstance.Require(instance));
        if (PersonName.Problem(name) is { } problem)
            return new GuestJoinResult.Refused(new Refusal.Invalid([new("name", $"Your name {problem}")]));
        var (looked, proof) = await FindByTokenAsync(token, cancellationToken).ConfigureAwait(false);
        if (looked is not GuestLookup.Found found || proof is null)
            return new GuestJoinResult.BadLink(((GuestLookup.BadLink)looked).Reason);

        var (now, key, called) = (time.GetUtcNow(), GuestKey.Generate(), PersonName.Normalize(name!));
        var change = new SessionChange
        {
            Kind = SessionEventKind.GuestJoined, At = now, Actor = SessionActor.Guest, Detail = called,
            Guest = new() { Id = found.Guest.Id, JoinsAs = called, Instance = instances, Key = secrets.Keys.Hash(key) },
        };
        var result = await store.TransitionSettledAsync(
            SessionSelector.ById(found.Session.Id), new() { Now = now }, change, _ => true, telemetry, cancellationToken).ConfigureAwait(false);
        if (result.Applied)
            return new GuestJoinResult.Joined(result.Session!.Session, GuestOf(result.Session, found.Guest.Id)!, key);
        if (result.Session?.ProofOf(found.Guest.Id) is { Instance: { } joined } taken)
        {
            if (!instances.Contains(joined))
                return new GuestJoinResult.BadLink(GuestRefusal.AlreadyUsed);
            if (taken.Rejoins?.RetryAfter(now) is { } retryAfter)
                return new GuestJoinResult.Refused(new Refusal.TooMany(LimitedAction.JoinAsGuest, retryAfter));
        }

        return new GuestJoinResult.BadLink(
            await LookUpAsync(token, cancellationToken).ConfigureAwait(false) is GuestLookup.BadLink bad ? bad.Reason : GuestRefusal.Ended);
    }

    /// <summary>The guest and the session as they are now.</summary>
    public async ValueTask<GuestAnswer> FindAsync(SessionId id, GuestKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return See(key, await store.FindAsync(SessionSelector.ById(id), cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The guest leaves; their link leads nowhere from then on. A repeat changes nothing.</summary>
    public async ValueTask<GuestAnswer> LeaveAsync(SessionId id, GuestKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (await FindAsync(id, key, cancellationToken).ConfigureAwait(false) is not GuestAnswer.Present present)
            return await FindAsync(id, key, cancellationToken).ConfigureAwait(false);
        var change = new SessionChange
        {
            Kind = SessionEventKind.GuestLeft, At = time.GetUtcNow(), Actor = SessionActor.Guest, Detail = present.Guest.Name,
            Guest = new() { Id = present.Guest.Id, End = GuestState.Left, Key = secrets.Keys.Hash(key) },
        };
        var result = await store.TransitionSettledAsync(
            SessionSelector.ById(id), new() { Now = change.At }, change, _ => true, telemetry, cancellationToken).ConfigureAwait(false);
        return See(key, result.Session);
    }

    /// <summary>
    /// Listens to the guest's session from a known place on. Begin before you look with <see cref="FindAsync"/>, and ask <see cref="See(GuestKey, SessionUpdate)"/> at each
    /// event: a visit may be over by then. Pass over an event that has no higher <see cref="SessionEvent.Version"/> than the <see cref="Session.Version"/> that <see cref="FindAsync"/> has answered: that contains it. It may end without an event, at the guest's <see cref="Guest.ExpiresAt"/>.
    /// </summary>
    /// <param name="id">The session.</param>
    /// <param name="after">The last <see cref="SessionEvent.Sequence"/> that was seen; null to begin now, or with what happened a moment ago.</param>
    /// <param name="cancellationToken">Ends the wait for the beginning.</param>
    /// <exception cref="SessionStoreException">The store failed.</exception>
    public ValueTask<SessionWatch> OpenWatchAsync(SessionId id, long? after, CancellationToken cancellationToken = default) =>
        SessionWatch.OpenAsync(feed, FeedTopic.Of(id), null, after, cancellationToken);

    /// <summary>The guest and the session as they were when an event was read, seen now. Asks no store.</summary>
    public GuestAnswer See(GuestKey key, SessionUpdate update)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(update);
        return See(key, update.Stored);
    }

    private GuestAnswer See(GuestKey key, StoredSession? found)
    {
        var hashes = secrets.Keys.Hash(key);
        if (found?.GuestProofs?.FirstOrDefault(proof => proof.Key is { } present && hashes.Contains(present)) is not { } proven
            || GuestOf(found, proven.Guest) is not { } guest)
        {
            return GuestAnswer.UnknownKey.Instance;
        }

        var now = time.GetUtcNow();
        var session = found.Session.Settle(now);
        return guest.IsOpen(now) && session.Status != SessionStatus.Closed
            ? new GuestAnswer.Present(session, guest, secrets.HandOverOf(found, now)?.ForGuest(guest.Id))
            : new GuestAnswer.Over(session, guest);
    }

    private async ValueTask<(GuestLookup Answer, GuestProof? Proof)> FindByTokenAsync(GuestToken token, CancellationToken cancellationToken)
    {
        var hashes = secrets.Keys.Hash(token);
        var found = await store.FindAsync(SessionSelector.ByGuest(hashes), cancellationToken).ConfigureAwait(false);
        // A node of the version before forgets guests when it changes their session.
        if (found?.GuestProofs?.FirstOrDefault(proof => proof.Token.Intersect(hashes).Any()) is not { } proof || GuestOf(found, proof.Guest) is not { } guest)
            return (new GuestLookup.BadLink(GuestRefusal.Invalid, null), null);
        var session = found.Session.Settle(time.GetUtcNow());
        return (guest.State switch
        {
            GuestState.Expired => new GuestLookup.BadLink(GuestRefusal.Expired, session),
            GuestState.Revoked => new GuestLookup.BadLink(GuestRefusal.Revoked, session),
            GuestState.Left => new GuestLookup.BadLink(GuestRefusal.Left, session),
            _ when guest.State == GuestState.Ended || session.Status == SessionStatus.Closed => new GuestLookup.BadLink(GuestRefusal.Ended, session),
            _ => new GuestLookup.Found(session, guest),
        }, proof);
    }

    private Guest? GuestOf(StoredSession found, string id)
    {
        var now = time.GetUtcNow();
        return found.Session.Settle(now).Guests?.FirstOrDefault(guest => guest.Id == id)?.Settle(now);
    }
}

using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Devices;
using Rescue.Sessions.Feed;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Normalization;
using Rescue.Sessions.Organizations;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Joining;

/// <summary>
/// The customer's side of sessions: looking at a code without using it, redeeming it with an applet, and what the applet then tells. Thread-safe.
/// </summary>
/// <remarks>Looking changes nothing, so that previews and mail scanners that follow links use nothing up; only <see cref="JoinAsync(LinkToken, string?, CancellationToken)"/> redeems.</remarks>
public sealed class CustomerSessions
{
    /// <summary>The <see cref="SessionEvent.Detail"/> of the end of a session that its customer did not ask for.</summary>
    public const string NotAskedFor = "notAskedFor";

    private const int NewestInvitations = 10;

    private readonly ISessionStore store;
    private readonly SessionSecrets secrets;
    private readonly GuessBudget budget;
    private readonly TriedCodes tried;
    private readonly OrganizationDirectory organizations;
    private readonly PermissionPolicy policy;
    private readonly IOptionsMonitor<RescueSessionsOptions> options;
    private readonly TimeProvider time;
    private readonly SessionTelemetry telemetry;
    private readonly SessionFeed feed;
    private readonly SignsOfLife signs;

    internal CustomerSessions(
        ISessionStore store,
        SessionSecrets secrets,
        GuessBudget budget,
        TriedCodes tried,
        OrganizationDirectory organizations,
        PermissionPolicy policy,
        IOptionsMonitor<RescueSessionsOptions> options,
        TimeProvider time,
        SessionTelemetry telemetry,
        SessionFeed feed)
    {
        this.store = store;
        this.secrets = secrets;
        this.budget = budget;
        this.tried = tried;
        this.organizations = organizations;
        this.policy = policy;
        this.options = options;
        this.time = time;
        this.telemetry = telemetry;
        this.feed = feed;
        signs = new(store, time);
    }

    /// <summary>Looks at a link without redeeming it. The link's PIN must be the token's.</summary>
    /// <param name="token">The link's token.</param>
    /// <param name="pin">The link's PIN.</param>
    /// <param name="platform">The customer's platform; for a mobile one, the mobile add-on of the technician who made the session is asked about again.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<CodeLookup> LookUpAsync(
        LinkToken token, PinCode pin, DevicePlatform? platform = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(pin);
        var found = await store.FindAsync(SessionSelector.ByToken(secrets.Keys.Hash(token)), cancellationToken).ConfigureAwait(false);
        if (found is null || !found.PinHashes.Intersect(secrets.Keys.Hash(pin)).Any())
            return new CodeLookup.Refused(JoinRefusal.Invalid, null);
        var session = found.Session.Settle(time.GetUtcNow());
        var hasNewer = await HasNewerInvitationAsync(session, cancellationToken).ConfigureAwait(false);
        if (!session.IsCodeLive(time.GetUtcNow()))
            return new CodeLookup.Refused(RefusalOf(session), session) { HasNewerInvitation = hasNewer };
        if (platform?.IsMobile() == true
            && !(await policy.DecideAsync(found.Creator, [ConnectionRight.MobileAddOn], cancellationToken).ConfigureAwait(false)).IsAllowed)
        {
            return new CodeLookup.Refused(JoinRefusal.MobileNotCovered, session) { HasNewerInvitation = hasNewer };
        }

        // Made of what the customer has, which was seen to be right: no key is needed for it.
        var link = SessionSecrets.LinkOf(new ConnectionCode(pin, token), await BaseOfAsync(session, cancellationToken).ConfigureAwait(false));
        return new CodeLookup.Found(session, link) { HasNewerInvitation = hasNewer };
    }

    /// <summary>Looks at a typed PIN without redeeming it. A wrong one counts against the guessing limits.</summary>
    public async ValueTask<CodeLookup> LookUpAsync(PinAttempt attempt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        if (await budget.TryTakeAsync(attempt, cancellationToken).ConfigureAwait(false) is { } retryAfter)
        {
            telemetry.GuessesSpent();
            return new CodeLookup.TooManyGuesses(retryAfter);
        }

        var pin = secrets.Keys.Hash(attempt.Pin);
        var live = SessionSelector.ByLivePin(pin, time.GetUtcNow(), []);
        if (await JudgeAsync(attempt, store.FindAsync(live, cancellationToken)).ConfigureAwait(false) is { } found)
        {
            await budget.ReturnAsync(attempt).ConfigureAwait(false);
            var address = await BaseOfAsync(found.Session, cancellationToken).ConfigureAwait(false);
            return new CodeLookup.Found(found.Session, secrets.LinkOf(found, address) ?? SessionSecrets.LinkOf(new ConnectionCode(attempt.Pin, null), address));
        }

        tried.Note(SessionSelector.ByPin(pin));
        return new CodeLookup.Refused(JoinRefusal.Invalid, null);
    }

    /// <summary>Redeems a link for an applet.</summary>
    /// <param name="token">The link's token.</param>
    /// <param name="instance">The applet's own name for its run, 1 to 64 of <c>[A-Za-z0-9_-]</c>; a repeat with the same one gets the same session and a new key. Null for an applet that never comes back.</param>
    /// <param name="cancellationToken">Ends the wait; the code may be redeemed all the same.</param>
    /// <exception cref="ArgumentException">The instance is not such a name.</exception>
    public async ValueTask<JoinResult> JoinAsync(LinkToken token, string? instance, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        var selector = SessionSelector.ByToken(secrets.Keys.Hash(token));
        var instances = secrets.Keys.HashInstance(AppletInstance.Require(instance));
        var (answer, current) = await RedeemAsync(selector, instances, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        if (answer is not null)
            return answer;
        tried.Note(selector);
        return Refused(current is null ? JoinRefusal.Invalid : RefusalOf(current.Session.Settle(time.GetUtcNow())));
    }

    /// <summary>Redeems a typed PIN for an applet. Whatever is wrong with a PIN, the answer is <see cref="JoinRefusal.Invalid"/> after the same work.</summary>
    /// <inheritdoc cref="JoinAsync(LinkToken, string?, CancellationToken)"/>
    public async ValueTask<JoinResult> JoinAsync(PinAttempt attempt, string? instance, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        var run = AppletInstance.Require(instance);
        if (await budget.TryTakeAsync(attempt, cancellationToken).ConfigureAwait(false) is { } retryAfter)
        {
            telemetry.GuessesSpent();
            return new JoinResult.TooManyGuesses(retryAfter);
        }

        var (pin, instances, now) = (secrets.Keys.Hash(attempt.Pin), secrets.Keys.HashInstance(run), time.GetUtcNow());
        var live = SessionSelector.ByLivePin(pin, now, instances);
        var (answer, _) = await JudgeAsync(attempt, RedeemAsync(live, instances, now, cancellationToken)).ConfigureAwait(false);
        if (answer is not null)
        {
            await budget.ReturnAsync(attempt).ConfigureAwait(false);
            return answer;
        }

        tried.Note(SessionSelector.ByPin(pin));
        return Refused(JoinRefusal.Invalid);
    }

    /// <summary>The applet is ready: the customer waits, or the session goes back to where it was before an interruption. A repeat changes nothing.</summary>
    /// <param name="id">The session.</param>
    /// <param name="key">The applet's key.</param>
    /// <param name="hostName">The machine's name for itself, 1 to 128 characters, or null.</param>
    /// <param name="platform">The platform, or null.</param>
    /// <param name="kind">Whether the applet is a program or a page in the customer's browser.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">The host name is too long or holds control characters.</exception>
    public async ValueTask<AppletResult> ReadyAsync(
        SessionId id, AppletKey key, string? hostName, DevicePlatform? platform, AppletKind kind = AppletKind.Program, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (hostName is not null)
            PersonName.Require(hostName, nameof(hostName));
        if (platform?.IsMobile() == true && await FindUncoveredAsync(id, key, cancellationToken).ConfigureAwait(false) is { } uncovered)
            return new AppletResult.MobileNotCovered(uncovered);
        var ready = Change(SessionTrigger.Ready) with { HostName = hostName, Platform = platform, AppletKind = kind };
        if (options.CurrentValue.Technicians.AutoStart)
            return await AutoStartAsync(id, key, ready, cancellationToken).ConfigureAwait(false);
        return await SayAsync(id, key, ready, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The customer leaves; the session closes.</summary>
    public ValueTask<AppletResult> LeaveAsync(SessionId id, AppletKey key, CancellationToken cancellationToken = default) =>
        SayAsync(id, key, Change(SessionTrigger.Leave), cancellationToken);

    /// <summary>The customer declines the terms; the session closes.</summary>
    public ValueTask<AppletResult> DeclineAsync(SessionId id, AppletKey key, CancellationToken cancellationToken = default) =>
        SayAsync(id, key, Change(SessionTrigger.Decline), cancellationToken);

    /// <summary>
    /// Ends a session whose code nobody has redeemed, for a customer who did not ask for it and says so with the PIN. A wrong one gets the answer of
    /// <see cref="LookUpAsync(PinAttempt, CancellationToken)"/>, after the same work, and counts against the same limits.
    /// </summary>
    /// <param name="attempt">The typed PIN.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<DeclineResult> DeclineAsync(PinAttempt attempt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        if (await budget.TryTakeAsync(attempt, cancellationToken).ConfigureAwait(false) is { } retryAfter)
        {
            telemetry.GuessesSpent();
            return new DeclineResult.TooManyGuesses(retryAfter);
        }

        var pin = secrets.Keys.Hash(attempt.Pin);
        var live = SessionSelector.ByLivePin(pin, time.GetUtcNow(), []);
        if (await JudgeAsync(attempt, EndUnaskedAsync(live, cancellationToken)).ConfigureAwait(false) is { } declined)
        {
            await budget.ReturnAsync(attempt).ConfigureAwait(false);
            return declined;
        }

        tried.Note(SessionSelector.ByPin(pin));
        return new DeclineResult.Refused(JoinRefusal.Invalid, null);
    }

    /// <summary>Ends a session whose link nobody has redeemed, for a customer who did not ask for it and says so.</summary>
    /// <param name="token">The link's token.</param>
    /// <param name="pin">The PIN, typed; it must be the token's.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<DeclineResult> DeclineAsync(LinkToken token, PinCode pin, CancellationToken cancellationToken = default)
    {
        var looked = await LookUpAsync(token, pin, platform: null, cancellationToken).ConfigureAwait(false);
        if (looked is CodeLookup.Found found)
        {
            if (await EndUnaskedAsync(SessionSelector.ById(found.Session.Id), cancellationToken).ConfigureAwait(false) is { } declined)
                return declined;
            // Somebody was faster between the two; what they did is seen now.
            looked = await LookUpAsync(token, pin, platform: null, cancellationToken).ConfigureAwait(false);
        }

        return looked is CodeLookup.Refused refused
            ? new DeclineResult.Refused(refused.Reason, refused.Session)
            : new DeclineResult.Refused(JoinRefusal.AlreadyUsed, null);
    }

    /// <summary>Notes a sign of life.</summary>
    public async ValueTask<AppletResult> HeartbeatAsync(SessionId id, AppletKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        var found = await signs.NoteAsync(new(id, secrets.Keys.Hash(key)), cancellationToken).ConfigureAwait(false);
        if (found?.Session.Status is not (SessionStatus.Reconnecting or SessionStatus.Offline))
            return ResultFor(found);
        // A sign of life after silence leads back to where the session was.
        return await SayAsync(id, key, Change(SessionTrigger.Return) with { Actor = SessionActor.Network }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether a text can name an applet's run: 1 to 64 of <c>[A-Za-z0-9_-]</c>.</summary>
    public static bool IsInstance(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return AppletInstance.IsValid(text);
    }

    /// <summary>What is wrong with a machine's name, as a sentence; null when it can be given to <see cref="ReadyAsync"/>.</summary>
    public static string? ProblemOfHostName(string hostName) =>
        PersonName.Problem(hostName) is { } problem ? $"The machine's name {problem}" : null;

    /// <summary>The applet's session as it is now.</summary>
    public async ValueTask<AppletResult> FindAsync(SessionId id, AppletKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        var found = await store.FindAsync(SessionSelector.ById(id), cancellationToken).ConfigureAwait(false);
        return ResultFor(found?.AppletKey is { } current && secrets.Keys.Hash(key).Contains(current) ? found : null);
    }

    /// <summary>
    /// The secret the applet shares with its technician while the session is active; null in any other status, for a wrong key, and when the key
    /// of the ring that sealed it is missing.
    /// </summary>
    public async ValueTask<HandOverSecret?> FindHandOverAsync(SessionId id, AppletKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        var found = await store.FindAsync(SessionSelector.ById(id), cancellationToken).ConfigureAwait(false);
        return found?.AppletKey is { } current && secrets.Keys.Hash(key).Contains(current) ? secrets.HandOverOf(found) : null;
    }

    /// <summary>
    /// The events of the applet's session as they happen, until the session has closed or the wait is ended.
    /// </summary>
    /// <param name="id">The session. Prove the key with <see cref="FindAsync"/> first and again with each event: a rejoin replaces it.</param>
    /// <param name="after">The last <see cref="SessionEvent.Sequence"/> that was seen, to go on after it; null to begin now.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public async IAsyncEnumerable<SessionEvent> WatchAsync(
        SessionId id, long? after, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var update in SessionWatch.FollowAsync(feed, FeedTopic.Of(id), null, after, cancellationToken).ConfigureAwait(false))
        {
            yield return update.Event;
            if (update.Event.To == SessionStatus.Closed)
                yield break;
        }
    }

    /// <summary>
    /// Listens to the applet's session from a known place on, and gets each event with the session; for streams that an applet resumes. Begin before you
    /// look at the session with <see cref="FindAsync"/>, so that no change falls between the two.
    /// </summary>
    /// <param name="id">
    /// The session. Prove the key with <see cref="FindAsync"/>, and with <see cref="IsHeldBy"/> at each event: a rejoin replaces it. Pass over an event whose session has
    /// a lower <see cref="Session.Version"/> than what <see cref="FindAsync"/> has answered: it was read before.
    /// </param>
    /// <param name="after">The last <see cref="SessionEvent.Sequence"/> that was seen, to go on after it; null, or one that is yet to come, to begin now.</param>
    /// <param name="cancellationToken">Ends the wait for the beginning.</param>
    /// <exception cref="SessionStoreException">The store failed.</exception>
    public ValueTask<SessionWatch> OpenWatchAsync(SessionId id, long? after, CancellationToken cancellationToken = default) =>
        SessionWatch.OpenAsync(feed, FeedTopic.Of(id), null, after, cancellationToken);

    /// <summary>Whether a key was the applet's present one when the event was read. Asks no store.</summary>
    public bool IsHeldBy(AppletKey key, SessionUpdate update)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(update);
        return update.Stored?.AppletKey is { } current && secrets.Keys.Hash(key).Contains(current);
    }

    /// <summary>
    /// The secret that the applet shares with its technician, as it was when the event was read; null unless the session is active, for a wrong key, and
    /// when the key of the ring that sealed it is missing. Asks no store.
    /// </summary>
    public HandOverSecret? HandOverOf(AppletKey key, SessionUpdate update) => IsHeldBy(key, update) ? secrets.HandOverOf(update.Stored!) : null;

    private async ValueTask<Uri> BaseOfAsync(Session session, CancellationToken cancellationToken) =>
        (await organizations.FindAsync(session.Tenant, cancellationToken).ConfigureAwait(false)).PublicBaseUri;

    // The newest sessions of an address are few and indexed; a link that is older than these is not worth a longer search.
    private async ValueTask<bool> HasNewerInvitationAsync(Session session, CancellationToken cancellationToken)
    {
        if (session.Invitation?.To is not { } to)
            return false;
        var query = new SessionQuery { Tenant = session.Tenant, Customer = to, Limit = NewestInvitations };
        var newest = await store.ListAsync(query, cancellationToken).ConfigureAwait(false);
        return newest.Any(other => other.Id > session.Id
            && other.Invitation?.To is { } sent && NormalForm.ForCustomer(sent) == NormalForm.ForCustomer(to)
            && other.Settle(time.GetUtcNow()).IsCodeLive(time.GetUtcNow()));
    }

    // A PIN that the store could not look at was not wrong: the guess is given back.
    private async ValueTask<TResult> JudgeAsync<TResult>(PinAttempt attempt, ValueTask<TResult> look)
    {
        try
        {
            return await look.ConfigureAwait(false);
        }
        catch (SessionStoreException)
        {
            await budget.ReturnAsync(attempt).ConfigureAwait(false);
            throw;
        }
    }

    // Null where the code cannot be redeemed.
    private async ValueTask<DeclineResult.Declined?> EndUnaskedAsync(SessionSelector selector, CancellationToken cancellationToken)
    {
        var change = Change(SessionTrigger.Decline) with { Detail = NotAskedFor };
        var guard = new SessionGuard { Now = change.At, CodeLive = true };
        var result = await store.TransitionAsync(selector, guard, change, cancellationToken).ConfigureAwait(false);
        if (!result.Applied)
            return null;
        telemetry.Changed(result.Session!.Session, SessionTrigger.Decline);
        telemetry.NotAskedFor(result.Session.Session);
        return new(result.Session.Session);
    }

    // Null where the code does not lead to a session.
    private async ValueTask<(JoinResult? Answer, StoredSession? Current)> RedeemAsync(
        SessionSelector selector, ImmutableArray<KeyedHash> instances, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var key = AppletKey.Generate();
        var change = Change(SessionTrigger.Join) with { At = now, Join = new AppletJoin(instances[0], secrets.Keys.Hash(key)[0]) };
        var guard = new SessionGuard { Now = now, Instance = instances };
        var result = await store.TransitionAsync(selector, guard, change, cancellationToken).ConfigureAwait(false);
        if (!result.Applied)
            return (result.Session is { } current && TooManyJoins(current, instances, now) is { } many ? many : null, result.Session);
        telemetry.Changed(result.Session!.Session, SessionTrigger.Join);
        return (new JoinResult.Joined(result.Session.Session, key), result.Session);
    }

    private static JoinResult.TooManyJoins? TooManyJoins(StoredSession current, ImmutableArray<KeyedHash> instances, DateTimeOffset now) =>
        current.Session.Settle(now).Status != SessionStatus.Closed
        && current.Instance is { } joined && instances.Contains(joined)
        && current.Rejoins?.RetryAfter(now) is { } retryAfter
            ? new(retryAfter)
            : null;

    // What the landing page was told of the platform may have been wrong; the applet knows.
    private async ValueTask<Session?> FindUncoveredAsync(SessionId id, AppletKey key, CancellationToken cancellationToken)
    {
        var found = await store.FindAsync(SessionSelector.ById(id), cancellationToken).ConfigureAwait(false);
        return found?.AppletKey is { } present && secrets.Keys.Hash(key).Contains(present)
            && !(await policy.DecideAsync(found.Creator, [ConnectionRight.MobileAddOn], cancellationToken).ConfigureAwait(false)).IsAllowed
            && found.Session.Settle(time.GetUtcNow()) is { Status: not SessionStatus.Closed } open
                ? open
                : null;
    }

    private async ValueTask<AppletResult> AutoStartAsync(SessionId id, AppletKey key, SessionChange ready, CancellationToken cancellationToken)
    {
        var capacity = options.CurrentValue.Technicians.Capacity;
        if (await store.FindAsync(SessionSelector.ById(id), cancellationToken).ConfigureAwait(false) is { Session: { Status: SessionStatus.Connecting } session })
        {
            var start = ready with
            {
                Trigger = SessionTrigger.AutoStart, Actor = SessionActor.Policy, Owner = session.CreatedBy,
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

        // The technician is at capacity, or the session is further on: the customer waits.
        return await SayAsync(id, key, ready, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<AppletResult> SayAsync(SessionId id, AppletKey key, SessionChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        var guard = new SessionGuard { Now = change.At, AppletKey = secrets.Keys.Hash(key) };
        var result = await store.TransitionSettledAsync(
            id, guard, change, found => found.AppletKey is { } present && guard.AppletKey.Contains(present), telemetry, cancellationToken)
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

    private AppletResult ResultFor(StoredSession? proven, SessionTrigger? refused = null)
    {
        if (proven is null)
            return AppletResult.UnknownKey.Instance;
        var session = proven.Session.Settle(time.GetUtcNow());
        if (session.Status == SessionStatus.Closed)
            return new AppletResult.Over(session);
        return refused is null ? new AppletResult.Done(session) : new AppletResult.NotPermitted(session);
    }

    private SessionChange Change(SessionTrigger trigger)
    {
        var now = time.GetUtcNow();
        return new()
        {
            Kind = SessionEventKind.Transition, Trigger = trigger, At = now, Actor = SessionActor.Customer,
        };
    }

    private JoinResult.Refused Refused(JoinRefusal reason)
    {
        telemetry.JoinRefused(reason);
        return new(reason);
    }

    private static JoinRefusal RefusalOf(Session session) => session.End switch
    {
        null => JoinRefusal.AlreadyUsed,
        SessionEnd.Expired => JoinRefusal.Expired,
        SessionEnd.Revoked => JoinRefusal.Revoked,
        _ => JoinRefusal.Ended,
    };
}

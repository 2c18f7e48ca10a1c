using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Joining;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Outbox;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions;

/// <summary>
/// The technician's side of sessions: the door through which a host product makes, finds, starts and ends them. Thread-safe.
/// </summary>
/// <remarks>
/// Refusals are results. Exceptions are mistakes of the caller (<see cref="ArgumentException"/>) or failures of the store, which surface as they are.
/// The customer's side is <see cref="CustomerSessions"/>.
/// </remarks>
public sealed class SupportSessions
{
    private static readonly ImmutableArray<SessionTrigger> TechnicianTriggers =
        [.. SessionLifecycle.Transitions.Where(row => row.Actor == SessionActor.Technician).Select(row => row.Trigger).Distinct()];

    private readonly ISessionStore store;
    private readonly SessionSecrets secrets;
    private readonly PermissionPolicy policy;
    private readonly SendingLimits limits;
    private readonly IOptionsMonitor<RescueSessionsOptions> options;
    private readonly TimeProvider time;
    private readonly SessionTelemetry telemetry;
    private long liveCodes;

    internal SupportSessions(
        ISessionStore store,
        SessionSecrets secrets,
        PermissionPolicy policy,
        IOptionsMonitor<RescueSessionsOptions> options,
        TimeProvider time,
        SessionTelemetry telemetry)
    {
        this.store = store;
        this.secrets = secrets;
        this.policy = policy;
        this.options = options;
        this.time = time;
        this.telemetry = telemetry;
        limits = new(options, time);
    }

    /// <summary>Makes a session whose PIN and link the caller passes on.</summary>
    /// <param name="technician">Who makes it.</param>
    /// <param name="session">What it is for.</param>
    /// <param name="compose">Writes the invitation that is stored with the session; null for a session without one.</param>
    /// <param name="cancellationToken">Ends the wait; the session may be stored all the same, and its idempotency key then finds it.</param>
    /// <exception cref="ArgumentException">The input has problems; <see cref="NewSession.Validate"/> lists them.</exception>
    public async ValueTask<CreateSessionResult> CreateAsync(
        Technician technician, NewSession session, InvitationComposer? compose = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        ArgumentNullException.ThrowIfNull(session);
        if (session.Validate() is [var problem, ..])
            throw new ArgumentException(problem.Message, nameof(session));
        if ((session.Invitation is null) != (compose is null))
            throw new ArgumentException("A session with an invitation needs a composer for it, and one without takes none.", nameof(compose));

        var decision = await policy.DecideAsync(technician, RightsFor(session), cancellationToken).ConfigureAwait(false);
        if (!decision.IsAllowed)
        {
            telemetry.CreateForbidden(decision);
            return new CreateSessionResult.Forbidden(decision);
        }

        if (!limits.TryTake(technician, session.Invitation?.Delivery, session.Invitation?.To, out var retryAfter))
            return new CreateSessionResult.TooMany(retryAfter);

        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var code = secrets.Draw(Interlocked.Read(ref liveCodes));
            var creation = Prepare(technician, session, code, compose);
            var result = await store.CreateAsync(creation, cancellationToken).ConfigureAwait(false);
            Interlocked.Exchange(ref liveCodes, result.LiveCodes);
            switch (result.Outcome)
            {
                case SessionCreationOutcome.Created:
                    telemetry.Created(result.Session!.Session);
                    return new CreateSessionResult.Created(result.Session.Session, secrets.LinkOf(code), IsRepeat: false);
                case SessionCreationOutcome.Repeated:
                    return new CreateSessionResult.Created(Now(result.Session!), LiveLinkOf(result.Session!), IsRepeat: true);
            }
        }
    }

    /// <summary>Finds a session of the technician's tenant as it is now; null when there is none.</summary>
    public async ValueTask<Session?> FindAsync(Technician technician, SessionId id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        var found = await FindStoredAsync(technician, id, cancellationToken).ConfigureAwait(false);
        return found is null ? null : Now(found);
    }

    /// <summary>The link and PIN of a session whose code is live, to copy or to read out; null when it is not or there is no such session.</summary>
    public async ValueTask<ConnectionLink?> FindLinkAsync(Technician technician, SessionId id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        var found = await FindStoredAsync(technician, id, cancellationToken).ConfigureAwait(false);
        return found is null ? null : LiveLinkOf(found);
    }

    /// <summary>Lists sessions, newest first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not 1 to 200.</exception>
    public async ValueTask<ImmutableArray<Session>> ListAsync(SessionQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, SessionQuery.MaxLimit, nameof(query));
        var now = time.GetUtcNow();
        var sessions = await store.ListAsync(query, cancellationToken).ConfigureAwait(false);
        return [.. sessions.Select(session => session.Settle(now)).Where(s => query.Statuses.Count == 0 || query.Statuses.Contains(s.Status))];
    }

    /// <summary>What happened to a session so far; null when the tenant has no such session.</summary>
    public async ValueTask<SessionHistory?> FindHistoryAsync(Technician technician, SessionId id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        if (await FindStoredAsync(technician, id, cancellationToken).ConfigureAwait(false) is null)
            return null;
        var page = await store.ReadEventsAsync(new() { Session = id, Limit = int.MaxValue }, cancellationToken).ConfigureAwait(false);
        return new(page.Events);
    }

    /// <summary>
    /// Picks a waiting customer up. Of two technicians who do so at once one wins, and the other is told who; the winner's repeat is a success.
    /// </summary>
    public async ValueTask<SessionResult> StartAsync(Technician technician, SessionId id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        var change = Change(SessionTrigger.Start, technician) with { Owner = technician.Reference };
        var result = await ApplyAsync(technician, id, change, cancellationToken).ConfigureAwait(false);
        if (result is SessionResult.NotPermitted { Session: { Status: SessionStatus.Active, Owner: { } owner, StartedAt: { } at } session })
            return owner.Id == technician.Id ? new SessionResult.Done(session) : new SessionResult.AlreadyStarted(session, owner, at);
        return result;
    }

    /// <summary>Ends a session.</summary>
    public ValueTask<SessionResult> CloseAsync(Technician technician, SessionId id, CancellationToken cancellationToken = default) =>
        ApplyAsync(technician, id, Change(SessionTrigger.Close, technician), cancellationToken);

    /// <summary>Takes a code back before it has led to assistance.</summary>
    public ValueTask<SessionResult> RevokeAsync(Technician technician, SessionId id, CancellationToken cancellationToken = default) =>
        ApplyAsync(technician, id, Change(SessionTrigger.Revoke, technician), cancellationToken);

    /// <summary>Invites the customer once more with the same code, while the code is live.</summary>
    /// <param name="technician">Who resends; needs the rights of the first sending.</param>
    /// <param name="id">The session.</param>
    /// <param name="compose">Writes the invitation.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<SessionResult> ResendAsync(
        Technician technician, SessionId id, InvitationComposer compose, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        ArgumentNullException.ThrowIfNull(compose);
        var found = await FindStoredAsync(technician, id, cancellationToken).ConfigureAwait(false);
        if (found is null)
            return SessionResult.NotFound.Instance;
        if (found.Session.Invitation is not { } earlier || LiveLinkOf(found) is not { } link)
            return NotPermitted(found);

        var decision = await policy.DecideAsync(technician, RightsFor(found.Session, earlier.Delivery), cancellationToken).ConfigureAwait(false);
        if (!decision.IsAllowed)
            return new SessionResult.Forbidden(decision);
        if (!limits.TryTake(technician, earlier.Delivery, earlier.To, out var retryAfter))
            return new SessionResult.TooMany(retryAfter);

        var composed = compose(found.Session, link);
        var now = time.GetUtcNow();
        var change = new SessionChange
        {
            Kind = SessionEventKind.Invitation, At = now, Actor = SessionActor.Technician, By = technician.Reference,
            Deadlines = Deadlines(now), Invitation = composed.Invitation, Messages = Seal(composed, id, now), Detail = composed.Invitation.State.ToString(),
        };
        var guard = new SessionGuard { Now = now, Tenant = technician.Tenant, Unjoined = true };
        var result = await store.TransitionAsync(SessionSelector.ById(id), guard, change, cancellationToken).ConfigureAwait(false);
        return result.Applied ? new SessionResult.Done(result.Session!.Session) : NotPermitted(result.Session!);
    }

    /// <summary>
    /// The events of the technician's tenant as they happen, until the wait is ended.
    /// </summary>
    /// <param name="technician">Who listens.</param>
    /// <param name="after">The last <see cref="SessionEvent.Sequence"/> that was seen, to go on after it; null to begin now.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public IAsyncEnumerable<SessionEvent> WatchAsync(Technician technician, long? after, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        return store.FollowAsync(new() { Tenant = technician.Tenant }, after, cancellationToken);
    }

    /// <summary>What a technician may do with a session in its present status.</summary>
    public static ImmutableArray<SessionTrigger> PermittedFor(Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return [.. SessionLifecycle.Permitted(session.Status).Where(TechnicianTriggers.Contains)];
    }

    private static List<ConnectionRight> RightsFor(NewSession session) => session.Invitation is { } invitation
        ? RightsFor(invitation.Delivery, invitation.NeedsMobileAddOn)
        : [ConnectionRight.PrivateSessions, ConnectionRight.PinConnection];

    private static List<ConnectionRight> RightsFor(Session session, EmailDelivery delivery) =>
        RightsFor(delivery, session.ForMobileDevice);

    private static List<ConnectionRight> RightsFor(EmailDelivery delivery, bool mobile)
    {
        List<ConnectionRight> rights =
        [
            ConnectionRight.PrivateSessions,
            ConnectionRight.EmailConnection,
            delivery == EmailDelivery.OnMyBehalf ? ConnectionRight.EmailOnBehalf : ConnectionRight.EmailDefaultClient,
        ];
        if (mobile)
            rights.Add(ConnectionRight.MobileAddOn);
        return rights;
    }

    private SessionCreation Prepare(Technician technician, NewSession input, ConnectionCode code, InvitationComposer? compose)
    {
        var now = time.GetUtcNow();
        var expiresAt = now + options.CurrentValue.Codes.Validity;
        var session = new Session
        {
            Id = SessionId.New(now),
            Tenant = technician.Tenant,
            CustomerName = input.CustomerName.Trim(),
            Reference = string.IsNullOrWhiteSpace(input.Reference) ? null : input.Reference.Trim(),
            Language = input.Invitation?.Language,
            Platform = input.Invitation?.Platform,
            ForMobileDevice = input.Invitation?.NeedsMobileAddOn == true,
            CreatedBy = technician.Reference,
            CreatedAt = now,
            StatusSince = now,
            ExpiresAt = expiresAt,
            Deadline = Deadlines(now).Unjoined(now, expiresAt),
        };
        var composed = compose?.Invoke(session, secrets.LinkOf(code));
        session = session with { Invitation = composed?.Invitation };
        var stored = new StoredSession
        {
            Session = session,
            PinHashes = secrets.Keys.Hash(code.Pin),
            TokenHashes = code.Token is null ? [] : secrets.Keys.Hash(code.Token),
            SealedCode = code.Seal(secrets.Keys, session.Id),
        };
        var created = new SessionEvent
        {
            Session = session.Id, Tenant = session.Tenant, At = now, Kind = SessionEventKind.Created, Actor = SessionActor.Technician,
            By = technician.Reference, From = SessionStatus.Connecting, To = SessionStatus.Connecting,
        };
        return new(stored, created, composed is null ? [] : Seal(composed, session.Id, now), input.IdempotencyKey);
    }

    private ImmutableArray<OutboxMessage> Seal(ComposedInvitation composed, SessionId id, DateTimeOffset now) =>
        composed is { Kind: { } kind, Payload: { } payload }
            ? [new OutboxMessage(Guid.CreateVersion7(now), id, kind, secrets.Keys.Seal(payload, id), now)]
            : [];

    private async ValueTask<SessionResult> ApplyAsync(Technician technician, SessionId id, SessionChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(technician);
        var guard = new SessionGuard { Now = change.At, Tenant = technician.Tenant };
        var result = await store.TransitionAsync(SessionSelector.ById(id), guard, change, cancellationToken).ConfigureAwait(false);
        if (result.Session is null || result.Session.Session.Tenant != technician.Tenant)
            return SessionResult.NotFound.Instance;
        if (!result.Applied)
            return NotPermitted(result.Session);
        telemetry.Changed(result.Session.Session, change.Trigger!.Value);
        return new SessionResult.Done(result.Session.Session);
    }

    private async ValueTask<StoredSession?> FindStoredAsync(Technician technician, SessionId id, CancellationToken cancellationToken)
    {
        var found = await store.FindAsync(SessionSelector.ById(id), cancellationToken).ConfigureAwait(false);
        return found?.Session.Tenant == technician.Tenant ? found : null;
    }

    private SessionResult.NotPermitted NotPermitted(StoredSession current)
    {
        var session = Now(current);
        return new(session, PermittedFor(session));
    }

    private Session Now(StoredSession stored) => stored.Session.Settle(time.GetUtcNow());

    private ConnectionLink? LiveLinkOf(StoredSession stored) =>
        stored.SealedCode is not null && stored.Session.IsCodeLive(time.GetUtcNow()) ? secrets.LinkOf(stored) : null;

    private StatusDeadlines Deadlines(DateTimeOffset at) => StatusDeadlines.From(options.CurrentValue.Timeouts, at);

    private SessionChange Change(SessionTrigger trigger, Technician technician)
    {
        ArgumentNullException.ThrowIfNull(technician);
        var now = time.GetUtcNow();
        return new()
        {
            Kind = SessionEventKind.Transition, Trigger = trigger, At = now, Actor = SessionActor.Technician, By = technician.Reference,
            Deadlines = Deadlines(now),
        };
    }
}

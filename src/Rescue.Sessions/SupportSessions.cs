using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Colleagues;
using Rescue.Sessions.Feed;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Joining;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Organizations;
using Rescue.Sessions.Outbox;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Presence;
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

    private static readonly TimeSpan LongestUnnoted = TimeSpan.FromMinutes(1);

    private readonly ISessionStore store;
    private readonly SessionSecrets secrets;
    private readonly PermissionPolicy policy;
    private readonly OwnSessions own;
    private readonly KnownTechnicians known;
    private readonly SendingLimits limits;
    private readonly TimeoutSelection timeouts;
    private readonly OrganizationDirectory organizations;
    private readonly IOptionsMonitor<RescueSessionsOptions> options;
    private readonly TimeProvider time;
    private readonly SessionTelemetry telemetry;
    private readonly SessionFeed feed;
    private long liveCodes;

    internal SupportSessions(
        ISessionStore store,
        SessionSecrets secrets,
        PermissionPolicy policy,
        OwnSessions own,
        KnownTechnicians known,
        SendingLimits limits,
        TimeoutSelection timeouts,
        OrganizationDirectory organizations,
        IOptionsMonitor<RescueSessionsOptions> options,
        TimeProvider time,
        SessionTelemetry telemetry,
        SessionFeed feed)
    {
        this.store = store;
        this.secrets = secrets;
        this.policy = policy;
        this.own = own;
        this.known = known;
        this.limits = limits;
        this.timeouts = timeouts;
        this.organizations = organizations;
        this.options = options;
        this.time = time;
        this.telemetry = telemetry;
        this.feed = feed;
    }

    /// <summary>Makes a session whose PIN and link the caller passes on.</summary>
    /// <param name="technician">Who makes it.</param>
    /// <param name="session">What it is for.</param>
    /// <param name="compose">Writes the invitation that is stored with the session; null for a session without one.</param>
    /// <param name="cancellationToken">Ends the wait; the session may be stored all the same, and its idempotency key then finds it.</param>
    /// <exception cref="ArgumentException">There is an invitation without a composer, or a composer without an invitation.</exception>
    public async ValueTask<CreateSessionResult> CreateAsync(
        Technician technician, NewSession session, InvitationComposer? compose = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        ArgumentNullException.ThrowIfNull(session);
        if (session.Validate() is [_, ..] problems)
            return new CreateSessionResult.Invalid([.. problems]);
        if ((session.Invitation is null) != (compose is null))
            throw new ArgumentException("A session with an invitation needs a composer for it, and one without takes none.", nameof(compose));

        var decision = await policy.DecideAsync(technician, RightsFor(session), cancellationToken).ConfigureAwait(false);
        if (!decision.IsAllowed)
        {
            telemetry.CreateForbidden(decision);
            return new CreateSessionResult.Forbidden(decision);
        }

        var address = await BaseOfAsync(technician, cancellationToken).ConfigureAwait(false);
        // A double click is answered before the limits are looked at: it issues nothing.
        if (session.IdempotencyKey is { } key && await store.FindAsync(
            SessionSelector.ByIdempotencyKey(new(technician.Tenant, technician.Id, key)), cancellationToken).ConfigureAwait(false) is { } earlier)
        {
            return Repeat(earlier, session, address);
        }

        var window = session.IdempotencyKey is null ? options.CurrentValue.Codes.RepeatWindow : TimeSpan.Zero;
        KeyedHash? request = window == TimeSpan.Zero ? null : secrets.Keys.HashRequest(RequestText.Of(technician, session))[0];
        if (await limits.TryTakeAsync(technician, session.Invitation?.Delivery, session.Invitation?.To, cancellationToken).ConfigureAwait(false)
            is { } retryAfter)
        {
            return request is { } hash
                && await store.FindAsync(SessionSelector.ByRequest(hash, time.GetUtcNow()), cancellationToken).ConfigureAwait(false) is { } same
                ? new CreateSessionResult.Created(Now(same), LiveLinkOf(same, address), IsRepeat: true)
                : new CreateSessionResult.TooMany(retryAfter);
        }

        var (chosen, validity) = await timeouts.ForAsync(technician, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var code = secrets.Draw(Interlocked.Read(ref liveCodes));
            var creation = Prepare(technician, session, code, address, chosen, validity, compose);
            if (request is { } kept)
                creation = creation with { Request = new(kept, creation.Session.Session.CreatedAt + window) };
            var result = await store.CreateAsync(creation, cancellationToken).ConfigureAwait(false);
            Interlocked.Exchange(ref liveCodes, result.LiveCodes);
            switch (result.Outcome)
            {
                case SessionCreationOutcome.Created:
                    telemetry.Created(result.Session!.Session);
                    return new CreateSessionResult.Created(result.Session.Session, SessionSecrets.LinkOf(code, address), IsRepeat: false);
                case SessionCreationOutcome.Repeated when request is not null:
                    await limits.ReturnAsync(technician, session.Invitation?.Delivery, session.Invitation?.To, CancellationToken.None).ConfigureAwait(false);
                    return new CreateSessionResult.Created(Now(result.Session!), LiveLinkOf(result.Session!, address), IsRepeat: true);
                case SessionCreationOutcome.Repeated:
                    return Repeat(result.Session!, session, address);
            }
        }
    }

    /// <summary>Finds a session that the technician may see, of their tenant, as it is now; null when there is none.</summary>
    public async ValueTask<Session?> FindAsync(Technician technician, SessionId id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        var found = await FindVisibleAsync(technician, id, cancellationToken).ConfigureAwait(false);
        return found is null ? null : Now(found);
    }

    /// <summary>Finds a session that the technician may see with all that they may know of it, in one look at the store; null when there is none.</summary>
    public async ValueTask<SessionDetails?> FindDetailsAsync(Technician technician, SessionId id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        if (await store.FindHistoryAsync(id, cancellationToken).ConfigureAwait(false) is not { } found
            || !await MaySeeAsync(technician, found.Session, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        var link = LiveLinkOf(found.Session, await BaseOfAsync(technician, cancellationToken).ConfigureAwait(false));
        return new(
            Now(found.Session),
            new(found.Events),
            link is not null && await MayConnectAsync(technician, cancellationToken).ConfigureAwait(false) ? link : null,
            HandOverOf(technician, found.Session));
    }

    /// <summary>
    /// The link and PIN of a session whose code is live, to copy or to read out; null when it is not, when there is no such session, when the technician
    /// may bring no customer to a session, and when the key of the ring that sealed it is missing.
    /// </summary>
    public async ValueTask<ConnectionLink?> FindLinkAsync(Technician technician, SessionId id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        var found = await FindVisibleAsync(technician, id, cancellationToken).ConfigureAwait(false);
        return found is null || !await MayConnectAsync(technician, cancellationToken).ConfigureAwait(false)
            ? null
            : LiveLinkOf(found, await BaseOfAsync(technician, cancellationToken).ConfigureAwait(false));
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
            var found = await store.ListAsync(rest, cancellationToken).ConfigureAwait(false);
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

    /// <summary>
    /// All that is stored about one customer, for their right to know it (GDPR, article 15); takes the right to export personal data.
    /// </summary>
    /// <param name="technician">Who asks.</param>
    /// <param name="customer">The customer's whole name or identifier, or their whole email address; upper and lower case are the same.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<CustomerExport> ExportAsync(Technician technician, string customer, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(customer);
        if (await MissingAsync(technician, ConnectionRight.ExportPersonalData, cancellationToken).ConfigureAwait(false) is { } forbidden)
            return new CustomerExport.Forbidden(forbidden.Decision);
        var exported = ImmutableArray.CreateBuilder<ExportedSession>();
        var query = new SessionQuery { Tenant = technician.Tenant, Customer = customer.Trim(), Limit = SessionQuery.MaxLimit };
        while (await store.ListAsync(query, cancellationToken).ConfigureAwait(false) is { IsEmpty: false } page)
        {
            foreach (var session in page)
                exported.Add(new(session.Settle(time.GetUtcNow()), await ReadHistoryAsync(session.Id, cancellationToken).ConfigureAwait(false)));
            query = query with { After = page[^1].Id };
        }

        return new CustomerExport.Found(exported.ToImmutable());
    }

    /// <summary>
    /// Erases all that is stored about one customer's ended sessions (GDPR, article 17); takes the right to erase personal data.
    /// </summary>
    /// <inheritdoc cref="ExportAsync"/>
    public async ValueTask<CustomerErasure> EraseAsync(Technician technician, string customer, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(customer);
        if (await MissingAsync(technician, ConnectionRight.ErasePersonalData, cancellationToken).ConfigureAwait(false) is { } forbidden)
            return new CustomerErasure.Forbidden(forbidden.Decision);
        var whole = customer.Trim();
        var erasure = new SessionErasure
        {
            Tenant = technician.Tenant, Customer = whole, EndedBefore = DateTimeOffset.MaxValue, Limit = SessionQuery.MaxLimit,
        };
        var erased = 0;
        int step;
        do
        {
            step = await store.EraseAsync(erasure, cancellationToken).ConfigureAwait(false);
            erased += step;
        }
        while (step == erasure.Limit);
        telemetry.Erased(erased);

        // Only open sessions are left to be found.
        var open = 0;
        var query = new SessionQuery { Tenant = technician.Tenant, Customer = whole, Limit = SessionQuery.MaxLimit };
        while (await store.ListAsync(query, cancellationToken).ConfigureAwait(false) is { IsEmpty: false } page)
        {
            open += page.Length;
            query = query with { After = page[^1].Id };
        }

        return new CustomerErasure.Done(erased, open);
    }

    /// <summary>
    /// Picks a waiting customer up. Of two technicians who do so at once one wins, and the other is told who; the winner's repeat is a success.
    /// </summary>
    public async ValueTask<SessionResult> StartAsync(Technician technician, SessionId id, CancellationToken cancellationToken = default)
    {
        var result = await TakeOnceAsync(technician, id, SessionTrigger.Start, guard => guard, cancellationToken).ConfigureAwait(false);
        return result is SessionResult.NotPermitted { Session: { Status: SessionStatus.Active, Owner: { } owner, StartedAt: { } at } session }
            ? new SessionResult.AlreadyStarted(session, owner, at)
            : result;
    }

    /// <summary>Lays an active session aside, for up to <see cref="TimeoutOptions.Hold"/>; takes the right to hold. Only its owner can.</summary>
    public async ValueTask<SessionResult> HoldAsync(Technician technician, SessionId id, CancellationToken cancellationToken = default) =>
        await MissingAsync(technician, ConnectionRight.Hold, cancellationToken).ConfigureAwait(false)
        ?? await ActAsync(technician, id, Change(SessionTrigger.Hold, technician), guard => guard with { Owner = technician.Id }, cancellationToken)
            .ConfigureAwait(false);

    /// <summary>Takes up a session on hold; whoever does becomes its owner, within their capacity. Their repeat is a success.</summary>
    public ValueTask<SessionResult> ResumeAsync(Technician technician, SessionId id, CancellationToken cancellationToken = default) =>
        TakeOnceAsync(technician, id, SessionTrigger.Resume, guard => guard, cancellationToken);

    /// <summary>Offers a session to another technician, who is known and neither busy nor away; takes the right to transfer. Only its owner can, once it has one.</summary>
    /// <param name="technician">Who offers.</param>
    /// <param name="id">The session.</param>
    /// <param name="to">The host's id of the technician to whom it is offered.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<SessionResult> TransferAsync(
        Technician technician, SessionId id, string? to, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        if (ProblemOfTransfer(technician, to) is { } problem)
            return new SessionResult.Invalid([new("to", problem)]);
        if (await MissingAsync(technician, ConnectionRight.Transfer, cancellationToken).ConfigureAwait(false) is { } forbidden)
            return forbidden;
        // An id is kept as the host's own are.
        to = PersonName.Normalize(to!);
        var recipient = await known.FindAsync(technician.Tenant, to, cancellationToken).ConfigureAwait(false);
        if (recipient is not { Presence: TechnicianPresence.Available })
            return await RefuseOfferAsync(technician, id, recipient, cancellationToken).ConfigureAwait(false);

        var change = Change(SessionTrigger.Transfer, technician) with { OfferTo = to, Detail = to };
        return await ActAsync(technician, id, change, guard => guard with { Owner = technician.Id }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Accepts a session that was offered to the technician, within their capacity. Their repeat is a success.</summary>
    public ValueTask<SessionResult> AcceptTransferAsync(Technician technician, SessionId id, CancellationToken cancellationToken = default) =>
        TakeOnceAsync(technician, id, SessionTrigger.AcceptTransfer, guard => guard with { OfferedTo = technician.Id }, cancellationToken);

    /// <summary>Declines a session that was offered to the technician; it goes back to where it was.</summary>
    public ValueTask<SessionResult> DeclineTransferAsync(Technician technician, SessionId id, CancellationToken cancellationToken = default) =>
        ActAsync(
            technician, id, Change(SessionTrigger.DeclineTransfer, technician), guard => guard with { OfferedTo = technician.Id }, cancellationToken);

    /// <summary>Withdraws the technician's own offer; the session goes back to where it was.</summary>
    public ValueTask<SessionResult> TakeBackTransferAsync(Technician technician, SessionId id, CancellationToken cancellationToken = default) =>
        ActAsync(
            technician, id, Change(SessionTrigger.TakeBackTransfer, technician), guard => guard with { OfferedBy = technician.Id }, cancellationToken);

    /// <summary>Notes that the technician restarts the customer's machine; the session goes back when the applet does.</summary>
    public ValueTask<SessionResult> RebootAsync(Technician technician, SessionId id, CancellationToken cancellationToken = default) =>
        EndAsync(technician, id, Change(SessionTrigger.Reboot, technician), guard => guard with { Owner = technician.Id }, cancellationToken);

    /// <summary>
    /// Notes that the technician is at work in an active session, so that its idle time-out runs anew. Call it when remote control, chat or whatever
    /// the product has is used; it is written down at most once a minute, or in a tenth of the time-out. Only the owner can.
    /// </summary>
    public async ValueTask<SessionResult> NoteActivityAsync(Technician technician, SessionId id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        if (await FindStoredAsync(technician, id, cancellationToken).ConfigureAwait(false) is not { } found)
            return SessionResult.NotFound.Instance;
        var now = time.GetUtcNow();
        var session = found.Session.Settle(now);
        if (!session.BelongsTo(technician.Id) && await MissingAsync(technician, ConnectionRight.ColleaguesSessions, cancellationToken).ConfigureAwait(false) is { } forbidden)
            return forbidden;
        if (session.Status != SessionStatus.Active || session.Owner?.Id != technician.Id)
            return NotPermitted(found, technician);
        var tenth = session.Timeouts.ActiveIdle / 10;
        if (session.Deadline is null || now - session.DeadlineSince < (tenth < LongestUnnoted ? tenth : LongestUnnoted))
            return new SessionResult.Done(session, HandOverOf(technician, found));
        var change = new SessionChange { Kind = SessionEventKind.Activity, At = now, Actor = SessionActor.Technician, By = technician.Reference };
        var guard = new SessionGuard { Now = now, Tenant = technician.Tenant, Owner = technician.Id };
        var result = await store.TransitionAsync(SessionSelector.ById(id), guard, change, cancellationToken).ConfigureAwait(false);
        return result.Applied ? Done(result.Session!, technician) : NotPermitted(result.Session!, technician);
    }

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
            var now = time.GetUtcNow();
            var change = new SessionChange
            {
                Kind = SessionEventKind.Transition, Trigger = SessionTrigger.Abort, At = now, Actor = SessionActor.Policy,
            };
            // A colleague who has picked the customer up since keeps them.
            var guard = new SessionGuard { Now = now, Tenant = tenant, Owner = technicianId };
            var result = await store.TransitionSettledAsync(session.Id, guard, change, _ => true, telemetry, cancellationToken).ConfigureAwait(false);
            if (!result.Applied)
                continue;
            ended++;
            telemetry.Changed(result.Session!.Session, SessionTrigger.Abort);
        }

        return ended;
    }

    /// <summary>A technician's presence; available until set.</summary>
    public ValueTask<TechnicianPresence> FindPresenceAsync(Technician technician, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        return store.FindPresenceAsync(technician.Tenant, technician.Id, cancellationToken);
    }

    /// <summary>Sets a technician's presence.</summary>
    public ValueTask SetPresenceAsync(Technician technician, TechnicianPresence presence, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        return store.SetPresenceAsync(technician.Tenant, technician.Reference, presence, time.GetUtcNow(), cancellationToken);
    }

    /// <summary>
    /// Notes that a technician is at work, so that their colleagues find them. The HTTP routes do so at every request; a host with an interface of its own does
    /// when it has a request of theirs. It is written at most once in five minutes, and when their name has changed; a failure of the store is logged alone.
    /// </summary>
    public ValueTask NoteSeenAsync(Technician technician, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        return known.NoteAsync(technician, cancellationToken);
    }

    /// <summary>
    /// The technicians of a technician's tenant, themselves among them, by name: those of <see cref="TechnicianOptions.Directory"/> or, without one, those who
    /// were seen of late. A thousand at most.
    /// </summary>
    public ValueTask<ImmutableArray<Colleague>> ListColleaguesAsync(Technician technician, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        return known.ListAsync(technician.Tenant, cancellationToken);
    }

    /// <summary>Erases what is noted of a technician who has left: their name, their presence and when they were seen. Sessions keep who served them.</summary>
    public ValueTask EraseTechnicianAsync(string tenant, string technicianId, CancellationToken cancellationToken = default) =>
        store.EraseTechnicianAsync(tenant, technicianId, cancellationToken);

    /// <summary>Ends a session. A colleague's takes the rights to private and to colleagues' sessions.</summary>
    public ValueTask<SessionResult> CloseAsync(Technician technician, SessionId id, CancellationToken cancellationToken = default) =>
        EndAsync(technician, id, Change(SessionTrigger.Close, technician), guard => guard, cancellationToken);

    /// <summary>Takes a code back before it has led to assistance. A colleague's takes the rights to private and to colleagues' sessions.</summary>
    public ValueTask<SessionResult> RevokeAsync(Technician technician, SessionId id, CancellationToken cancellationToken = default) =>
        EndAsync(technician, id, Change(SessionTrigger.Revoke, technician), guard => guard, cancellationToken);

    /// <summary>Invites the customer once more with the same code, while the code is live.</summary>
    /// <param name="technician">Who resends; needs the rights of a first sending and, for a colleague's session, the right to those.</param>
    /// <param name="id">The session.</param>
    /// <param name="compose">Writes the invitation.</param>
    /// <param name="delivery">The transport; null for that of the sending before. With another one, what has not been sent by the former is taken back.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<SessionResult> ResendAsync(
        Technician technician, SessionId id, InvitationComposer compose, EmailDelivery? delivery = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        ArgumentNullException.ThrowIfNull(compose);
        var found = await FindStoredAsync(technician, id, cancellationToken).ConfigureAwait(false);
        if (found is null)
            return SessionResult.NotFound.Instance;
        ConnectionRight[] ofColleagues = found.Session.BelongsTo(technician.Id) ? [] : [ConnectionRight.ColleaguesSessions];
        if (found.Session.Invitation is not { } earlier || !HasLiveCode(found))
        {
            var looking = await policy.DecideAsync(technician, ofColleagues, cancellationToken).ConfigureAwait(false);
            return looking.IsAllowed ? NotPermitted(found, technician) : new SessionResult.Forbidden(looking);
        }

        if (secrets.LinkOf(found, await BaseOfAsync(technician, cancellationToken).ConfigureAwait(false)) is not { } link)
            return new SessionResult.CodeUnreadable(Now(found));

        var chosen = delivery ?? earlier.Delivery;
        var decision = await policy.DecideAsync(technician, [.. RightsFor(found.Session, chosen), .. ofColleagues], cancellationToken).ConfigureAwait(false);
        if (!decision.IsAllowed)
            return new SessionResult.Forbidden(decision);
        if (await limits.TryTakeAsync(technician, chosen, earlier.To, cancellationToken).ConfigureAwait(false) is { } retryAfter)
            return new SessionResult.TooMany(retryAfter);

        var composed = compose(found.Session, link);
        var now = time.GetUtcNow();
        var change = new SessionChange
        {
            Kind = SessionEventKind.Invitation, At = now, Actor = SessionActor.Technician, By = technician.Reference,
            Invitation = composed.Invitation, Messages = Seal(composed, id, now), Detail = composed.Invitation.State.ToString(),
            CancelsMessages = chosen != earlier.Delivery,
        };
        var guard = new SessionGuard { Now = now, Tenant = technician.Tenant, CodeLive = true };
        var result = await store.TransitionAsync(SessionSelector.ById(id), guard, change, cancellationToken).ConfigureAwait(false);
        return result.Applied ? Done(result.Session!, technician) : NotPermitted(result.Session!, technician);
    }

    /// <summary>
    /// The events of those sessions of the tenant that the technician may see, as they happen, on whatever node, until the wait is ended. Every listener hears each of them. While the
    /// store is out of reach the stream waits, and then goes on where it was.
    /// </summary>
    /// <param name="technician">Who listens.</param>
    /// <param name="after">The last <see cref="SessionEvent.Sequence"/> that was seen, to go on after it; null to begin now.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public IAsyncEnumerable<SessionEvent> WatchAsync(Technician technician, long? after, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        return SessionWatch.FollowAsync(
            feed, FeedTopic.Of(technician.Tenant), new(own, technician, time), after, cancellationToken).Select(update => update.Event);
    }

    /// <summary>
    /// Listens to those sessions of the tenant that the technician may see from a known place on, and gets each event with its session; for streams that a client resumes. However many
    /// listen, the store is read once for all of them.
    /// </summary>
    /// <param name="technician">Who listens.</param>
    /// <param name="after">The last <see cref="SessionEvent.Sequence"/> that was seen, to go on after it; null, or one that is yet to come, to begin now.</param>
    /// <param name="cancellationToken">Ends the wait for the beginning.</param>
    /// <exception cref="SessionStoreException">The store failed.</exception>
    public ValueTask<SessionWatch> OpenWatchAsync(Technician technician, long? after, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        return SessionWatch.OpenAsync(feed, FeedTopic.Of(technician.Tenant), new(own, technician, time), after, cancellationToken);
    }

    /// <summary>
    /// The secret that an active session's owner shares with its applet, as it was when the event was read; null for anybody else, in any other status, and
    /// when the key of the ring that sealed it is missing. Asks no store.
    /// </summary>
    public HandOverSecret? HandOverOf(Technician technician, SessionUpdate update)
    {
        ArgumentNullException.ThrowIfNull(technician);
        ArgumentNullException.ThrowIfNull(update);
        return update.Stored is { } stored && stored.Session.Tenant == technician.Tenant ? HandOverOf(technician, stored) : null;
    }

    private static string? ProblemOfTransfer(Technician technician, string? to)
    {
        if (PersonName.Problem(to) is { } problem)
            return $"The id of the other technician {problem}";
        return PersonName.Normalize(to!) == technician.Id ? "A session cannot be transferred to oneself. Name another technician." : null;
    }

    /// <summary>What the technician may do with a session in its present status. Rights and capacity are looked at when they do it.</summary>
    public static ImmutableArray<SessionTrigger> PermittedFor(Session session, Technician technician)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(technician);
        return
        [
            .. SessionLifecycle.Permitted(session.Status)
                .Where(trigger => TechnicianTriggers.Contains(trigger) && IsTheirs(session, technician, trigger)),
        ];
    }

    private static bool IsTheirs(Session session, Technician technician, SessionTrigger trigger) => trigger switch
    {
        SessionTrigger.Hold or SessionTrigger.Transfer or SessionTrigger.Reboot => session.Owner is null || session.Owner.Id == technician.Id,
        SessionTrigger.AcceptTransfer or SessionTrigger.DeclineTransfer => session.Offer?.To == technician.Id,
        SessionTrigger.TakeBackTransfer => session.Offer?.From.Id == technician.Id,
        _ => true,
    };

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

    // The link of one customer must not be given out as another's, nor a message as sent that was not asked for. A session of an earlier version
    // remembers no more of its request than name and reference.
    private CreateSessionResult Repeat(StoredSession earlier, NewSession repeated, Uri address)
    {
        var isSame = earlier.Request is { } request
            ? secrets.Keys.HashRequest(RequestText.Of(repeated)).Contains(KeyedHash.FromByteArray(request))
            : PersonName.Normalize(earlier.Session.CustomerName) == CustomerNameOf(repeated) && earlier.Session.Reference == ReferenceOf(repeated);
        return isSame
            ? new CreateSessionResult.Created(Now(earlier), LiveLinkOf(earlier, address), IsRepeat: true)
            : new CreateSessionResult.KeyReused(Now(earlier));
    }

    internal static string CustomerNameOf(NewSession input) => PersonName.Normalize(input.CustomerName);

    internal static string? ReferenceOf(NewSession input) =>
        input.Reference is { } reference && TextRules.HasVisibleCharacter(reference) ? PersonName.Normalize(reference) : null;

    private SessionCreation Prepare(
        Technician technician, NewSession input, ConnectionCode code, Uri address, SessionTimeouts chosen, TimeSpan validity, InvitationComposer? compose)
    {
        var now = time.GetUtcNow();
        var expiresAt = now + validity;
        var deadline = chosen.Unjoined(now, expiresAt);
        var session = new Session
        {
            Id = SessionId.New(now),
            Tenant = technician.Tenant,
            CustomerName = CustomerNameOf(input),
            Reference = ReferenceOf(input),
            Fields = input.Fields,
            InvitationValues = input.Invitation?.Values is { Count: > 0 } values ? values.ToImmutableSortedDictionary(StringComparer.Ordinal) : null,
            Language = input.Invitation?.Language,
            TimeZone = input.Invitation?.TimeZone,
            Platform = input.Invitation?.Platform,
            ForMobileDevice = input.Invitation?.NeedsMobileAddOn == true,
            CreatedBy = technician.Reference,
            CreatedAt = now,
            StatusSince = now,
            ExpiresAt = expiresAt,
            Timeouts = chosen,
            Deadline = deadline,
            Alarm = SessionAlarm.Next(deadline, now, 0),
        };
        var composed = compose?.Invoke(session, SessionSecrets.LinkOf(code, address));
        session = session with { Invitation = composed?.Invitation };
        var stored = new StoredSession
        {
            Session = session,
            Creator = technician,
            Request = input.IdempotencyKey is null ? null : secrets.Keys.HashRequest(RequestText.Of(input))[0].ToByteArray(),
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

    // A repeat of the change that has made the technician the owner, because they clicked twice or did not hear the answer, finds it done.
    private async ValueTask<SessionResult> TakeOnceAsync(
        Technician technician, SessionId id, SessionTrigger trigger, Func<SessionGuard, SessionGuard> condition, CancellationToken cancellationToken)
    {
        if (await MissingAsync(technician, ConnectionRight.PrivateSessions, cancellationToken).ConfigureAwait(false) is { } forbidden)
            return forbidden;
        var result = await TakeAsync(technician, id, trigger, condition, cancellationToken).ConfigureAwait(false);
        return result is SessionResult.NotPermitted { Session: { Status: SessionStatus.Active, Owner: { } owner } } && owner.Id == technician.Id
            && await FindStoredAsync(technician, id, cancellationToken).ConfigureAwait(false) is { } done
            ? Done(done, technician)
            : result;
    }

    /// <summary>A change by which the technician becomes the owner, within their capacity.</summary>
    private ValueTask<SessionResult> TakeAsync(
        Technician technician, SessionId id, SessionTrigger trigger, Func<SessionGuard, SessionGuard> condition, CancellationToken cancellationToken)
    {
        var change = Change(trigger, technician) with
        {
            Owner = technician.Reference, SealedHandOver = secrets.Keys.Seal(HandOverSecret.Generate().Bytes, id),
        };
        var capacity = options.CurrentValue.Technicians.Capacity;
        return ApplyAsync(
            technician, id, change, [ConnectionRight.ColleaguesSessions, ConnectionRight.MobileAddOn],
            guard => condition(guard) with { Capacity = capacity == 0 ? null : capacity }, cancellationToken);
    }

    // Whoever may make no sessions has their own left to end, and no part in those of others.
    private ValueTask<SessionResult> EndAsync(
        Technician technician, SessionId id, SessionChange change, Func<SessionGuard, SessionGuard> condition, CancellationToken cancellationToken) =>
        ApplyAsync(technician, id, change, [ConnectionRight.PrivateSessions, ConnectionRight.ColleaguesSessions], condition, cancellationToken);

    private ValueTask<SessionResult> ActAsync(
        Technician technician, SessionId id, SessionChange change, Func<SessionGuard, SessionGuard> condition, CancellationToken cancellationToken) =>
        ApplyAsync(technician, id, change, [ConnectionRight.ColleaguesSessions], condition, cancellationToken);

    /// <summary>Applies a change. The guard carries the rights that are missing, so that nothing is read first.</summary>
    /// <param name="technician">Who acts.</param>
    /// <param name="id">The session.</param>
    /// <param name="change">What they do.</param>
    /// <param name="rights">What it takes with a phone (the add-on) and with a colleague's session (the others).</param>
    /// <param name="condition">What else must hold.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    private async ValueTask<SessionResult> ApplyAsync(
        Technician technician, SessionId id, SessionChange change, ConnectionRight[] rights, Func<SessionGuard, SessionGuard> condition,
        CancellationToken cancellationToken)
    {
        var decision = await policy.DecideAsync(technician, rights, cancellationToken).ConfigureAwait(false);
        var isBound = decision.Missing.Any(missing => missing.Right != ConnectionRight.MobileAddOn);
        var guard = condition(new SessionGuard
        {
            Now = change.At, Tenant = technician.Tenant,
            NotMobile = decision.Missing.Any(missing => missing.Right == ConnectionRight.MobileAddOn),
            BelongsTo = isBound && !IsAnswer(change.Trigger) ? technician.Id : null,
        });
        var result = await store.TransitionSettledAsync(
            id, guard, change, found => found.Session.Tenant == technician.Tenant, telemetry, cancellationToken).ConfigureAwait(false);
        if (result.Session is null || result.Session.Session.Tenant != technician.Tenant)
            return SessionResult.NotFound.Instance;
        if (!result.Applied && RefusalOf(Now(result.Session), technician, change.Trigger!.Value, decision) is { } forbidden)
            return forbidden;
        if (result.AtCapacity)
            return new SessionResult.AtCapacity(Now(result.Session), guard.Capacity!.Value);
        if (!result.Applied)
            return NotPermitted(result.Session, technician);
        telemetry.Changed(result.Session.Session, change.Trigger!.Value);
        return Done(result.Session, technician);
    }

    // Who may not offer it at all hears that first.
    private async ValueTask<SessionResult> RefuseOfferAsync(
        Technician technician, SessionId id, StoredTechnician? recipient, CancellationToken cancellationToken)
    {
        if (await FindStoredAsync(technician, id, cancellationToken).ConfigureAwait(false) is not { } found)
            return SessionResult.NotFound.Instance;
        var session = Now(found);
        if (!session.BelongsTo(technician.Id) && await MissingAsync(technician, ConnectionRight.ColleaguesSessions, cancellationToken).ConfigureAwait(false) is { } forbidden)
            return forbidden;
        return recipient is null ? new SessionResult.UnknownTechnician(session) : new SessionResult.Unavailable(session, recipient.Presence);
    }

    /// <summary>Whether a trigger answers an offer, which is the affair of the two between whom it was made.</summary>
    private static bool IsAnswer(SessionTrigger? trigger) =>
        trigger is SessionTrigger.AcceptTransfer or SessionTrigger.DeclineTransfer or SessionTrigger.TakeBackTransfer;

    // Of the rights that are missing, those that this session takes.
    private static SessionResult.Forbidden? RefusalOf(Session session, Technician technician, SessionTrigger trigger, PermissionDecision decision)
    {
        var isTheirs = IsAnswer(trigger) ? session.Concerns(technician.Id) : session.BelongsTo(technician.Id);
        // Whoever has made it is told who was faster.
        isTheirs |= trigger == SessionTrigger.Start && session.CreatedBy.Id == technician.Id;
        var isPhones = session.IsMobile && SessionLifecycle.Find(session.Status, trigger) is not null;
        MissingRight[] needed = [.. decision.Missing.Where(missing => missing.Right == ConnectionRight.MobileAddOn ? isPhones : !isTheirs)];
        return needed.Length == 0 ? null : new(new PermissionDecision(needed));
    }

    private async ValueTask<SessionResult.Forbidden?> MissingAsync(Technician technician, ConnectionRight right, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(technician);
        var decision = await policy.DecideAsync(technician, [right], cancellationToken).ConfigureAwait(false);
        return decision.IsAllowed ? null : new(decision);
    }

    // PIN and link are for those who may send the one or the other.
    private async ValueTask<bool> MayConnectAsync(Technician technician, CancellationToken cancellationToken)
    {
        ConnectionRight[][] ways =
        [
            [ConnectionRight.PrivateSessions, ConnectionRight.PinConnection],
            [ConnectionRight.PrivateSessions, ConnectionRight.EmailConnection, ConnectionRight.EmailDefaultClient],
            [ConnectionRight.PrivateSessions, ConnectionRight.EmailConnection, ConnectionRight.EmailOnBehalf],
        ];
        foreach (var rights in ways)
        {
            if ((await policy.DecideAsync(technician, rights, cancellationToken).ConfigureAwait(false)).IsAllowed)
                return true;
        }

        return false;
    }

    private async ValueTask<SessionHistory> ReadHistoryAsync(SessionId id, CancellationToken cancellationToken)
    {
        var page = await store.ReadEventsAsync(new() { Session = id, Limit = int.MaxValue }, cancellationToken).ConfigureAwait(false);
        return new(page.Events);
    }

    private async ValueTask<StoredSession?> FindStoredAsync(Technician technician, SessionId id, CancellationToken cancellationToken)
    {
        var found = await store.FindAsync(SessionSelector.ById(id), cancellationToken).ConfigureAwait(false);
        return found?.Session.Tenant == technician.Tenant ? found : null;
    }

    private async ValueTask<StoredSession?> FindVisibleAsync(Technician technician, SessionId id, CancellationToken cancellationToken)
    {
        var found = await store.FindAsync(SessionSelector.ById(id), cancellationToken).ConfigureAwait(false);
        return found is not null && await MaySeeAsync(technician, found, cancellationToken).ConfigureAwait(false) ? found : null;
    }

    private async ValueTask<bool> MaySeeAsync(Technician technician, StoredSession found, CancellationToken cancellationToken) =>
        found.Session.Tenant == technician.Tenant
        && (Now(found).Concerns(technician.Id) || !await own.BindAsync(technician, cancellationToken).ConfigureAwait(false));

    // Time has ended some offers that the store still has.
    private static bool IsStillOf(string? technician, Session session) =>
        technician is null || session.Status == SessionStatus.Unreadable || session.Concerns(technician);

    private SessionResult.Done Done(StoredSession current, Technician technician) => new(Now(current), HandOverOf(technician, current));

    private HandOverSecret? HandOverOf(Technician technician, StoredSession stored) =>
        stored.Session.Owner?.Id == technician.Id ? secrets.HandOverOf(stored) : null;

    private SessionResult.NotPermitted NotPermitted(StoredSession current, Technician technician)
    {
        var session = Now(current);
        return new(session, PermittedFor(session, technician));
    }

    private Session Now(StoredSession stored) => stored.Session.Settle(time.GetUtcNow());

    private ConnectionLink? LiveLinkOf(StoredSession stored, Uri address) => HasLiveCode(stored) ? secrets.LinkOf(stored, address) : null;

    private async ValueTask<Uri> BaseOfAsync(Technician technician, CancellationToken cancellationToken) =>
        (await organizations.FindAsync(technician.Tenant, cancellationToken).ConfigureAwait(false)).PublicBaseUri;

    private bool HasLiveCode(StoredSession stored) => stored.SealedCode is not null && stored.Session.IsCodeLive(time.GetUtcNow());

    private SessionChange Change(SessionTrigger trigger, Technician technician)
    {
        ArgumentNullException.ThrowIfNull(technician);
        var now = time.GetUtcNow();
        return new()
        {
            Kind = SessionEventKind.Transition, Trigger = trigger, At = now, Actor = SessionActor.Technician, By = technician.Reference,
        };
    }
}

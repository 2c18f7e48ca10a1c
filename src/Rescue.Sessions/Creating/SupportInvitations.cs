using Microsoft.Extensions.Options;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Creating;
using Rescue.Sessions.Finding;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Refusals;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions;

/// <summary>Makes sessions and brings their customers to them, whatever carries PIN and link; emails are written and sent by another package. Thread-safe.</summary>
/// <remarks>
/// Refusals are results. Exceptions are mistakes of the caller (<see cref="ArgumentException"/>) or failures of the store, which surface as they are.
/// </remarks>
public sealed class SupportInvitations
{
    private readonly ISessionStore store;
    private readonly SessionSecrets secrets;
    private readonly NewSessions newSessions;
    private readonly PermissionPolicy policy;
    private readonly VisibleSessions sessions;
    private readonly LiveLinks links;
    private readonly SendingLimits limits;
    private readonly References references;
    private readonly IOptionsMonitor<ICreatingOptions> options;
    private readonly TimeProvider time;
    private readonly SessionTelemetry telemetry;
    private readonly RepeatedRequests repeated;

    internal SupportInvitations(
        ISessionStore store,
        SessionSecrets secrets,
        NewSessions newSessions,
        PermissionPolicy policy,
        VisibleSessions sessions,
        LiveLinks links,
        SendingLimits limits,
        References references,
        IOptionsMonitor<ICreatingOptions> options,
        TimeProvider time,
        SessionTelemetry telemetry)
    {
        this.store = store;
        this.secrets = secrets;
        this.newSessions = newSessions;
        this.policy = policy;
        this.sessions = sessions;
        this.links = links;
        this.limits = limits;
        this.references = references;
        this.options = options;
        this.time = time;
        this.telemetry = telemetry;
        repeated = new(secrets, links, time);
    }

    /// <summary>What a technician has to know of references before they give a session one.</summary>
    public ReferenceRule FindReferenceRule(Technician technician)
    {
        ArgumentNullException.ThrowIfNull(technician);
        return references.RuleFor(technician);
    }

    /// <summary>
    /// Every problem of a request of a technician's, empty when there is none; what their tenant's references must be among them, but for what the host looks up when
    /// the session is made (<see cref="ReferenceOptions.Check"/>).
    /// </summary>
    public IReadOnlyList<FieldProblem> Validate(Technician technician, NewSession session)
    {
        ArgumentNullException.ThrowIfNull(technician);
        ArgumentNullException.ThrowIfNull(session);
        var problems = session.Problems();
        // Of a reference that is no text for one there is enough to say.
        return !problems.Any(problem => problem.Field == "reference") && references.Problem(technician, session.NormalReference) is { } problem
            ? [.. problems, problem]
            : problems;
    }

    /// <summary>The session that the technician would make now, with the times that hold for it, to show what its invitation says. Nothing is stored, checked or counted.</summary>
    public ValueTask<Session> PreviewAsync(Technician technician, NewSession session, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        ArgumentNullException.ThrowIfNull(session);
        return newSessions.DraftAsync(technician, session, cancellationToken);
    }

    /// <summary>Makes a session whose PIN and link the caller passes on.</summary>
    /// <param name="technician">Who makes it.</param>
    /// <param name="session">What it is for.</param>
    /// <param name="compose">
    /// Writes the invitation that is stored with the session, from the session as it will be stored and its link with the PIN; null for a session without one. It is
    /// called again with another code when the first was taken, so it must do nothing but compose.
    /// </param>
    /// <param name="cancellationToken">Ends the wait; the session may be stored all the same, and its idempotency key then finds it.</param>
    /// <exception cref="ArgumentException">There is an invitation without a composer, or a composer without an invitation.</exception>
    public async ValueTask<CreateSessionResult> CreateAsync(
        Technician technician, NewSession session, Func<Session, ConnectionLink, ComposedInvitation>? compose = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        ArgumentNullException.ThrowIfNull(session);
        if (Validate(technician, session) is [_, ..] problems)
            return new CreateSessionResult.Refused(new Refusal.Invalid([.. problems]));
        if ((session.Invitation is null) != (compose is null))
            throw new ArgumentException("A session with an invitation needs a composer for it, and one without takes none.", nameof(compose));
        session = session.WithNormalNumber();

        if (await policy.FindRefusalAsync(technician, RightsToInvite.Of(session), cancellationToken).ConfigureAwait(false) is { } refusal)
        {
            telemetry.CreateForbidden(refusal.Decision);
            return new CreateSessionResult.Refused(refusal);
        }

        var address = await links.FindBaseAsync(technician.Tenant, cancellationToken).ConfigureAwait(false);
        // A double click is answered before the limits are looked at: it issues nothing.
        if (session.IdempotencyKey is { } key && await store.FindAsync(
            SessionSelector.ByIdempotencyKey(new(technician.Tenant, technician.Id, key)), cancellationToken).ConfigureAwait(false) is { } earlier)
        {
            return repeated.ByKey(earlier, session, address);
        }

        if (await references.CheckAsync(technician, session.NormalReference, cancellationToken).ConfigureAwait(false) is { } unknown)
            return new CreateSessionResult.Refused(new Refusal.Invalid([unknown]));

        var window = session.IdempotencyKey is null ? options.CurrentValue.Codes.RepeatWindow : TimeSpan.Zero;
        KeyedHash? request = window == TimeSpan.Zero ? null : secrets.Keys.HashRequest(RequestText.Of(technician, session))[0];
        if (await limits.TryTakeAsync(technician, session.Invitation?.Delivery, session.Invitation?.To, cancellationToken).ConfigureAwait(false)
            is { } retryAfter)
        {
            return request is { } hash
                && await store.FindAsync(SessionSelector.ByRequest(hash, time.GetUtcNow()), cancellationToken).ConfigureAwait(false) is { } same
                ? repeated.Within(same, address)
                : new CreateSessionResult.Refused(new Refusal.TooMany(LimitedAction.Invite, retryAfter));
        }

        var isComposing = false;
        SessionCreationResult result;
        ConnectionLink link;
        try
        {
            var draft = await newSessions.DraftAsync(technician, session, cancellationToken).ConfigureAwait(false);
            RecentRequest? recent = request is { } kept ? new(kept, draft.CreatedAt + window) : null;
            (result, link) = await newSessions.StoreAsync(draft, technician, session, recent, address, compose is null ? null : Compose, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (isComposing || (failure is SessionStoreException && !cancellationToken.IsCancellationRequested))
        {
            // Of what cannot be written nothing is stored, and what a store fails to take is sent again by whoever wants it.
            await ReturnAsync().ConfigureAwait(false);
            throw;
        }

        if (result.Outcome == SessionCreationOutcome.Repeated)
        {
            await ReturnAsync().ConfigureAwait(false);
            return request is null ? repeated.ByKey(result.Session!, session, address) : repeated.Within(result.Session!, address);
        }

        telemetry.Created(result.Session!.Session, technician);
        return new CreateSessionResult.Created(result.Session.Session, link, IsRepeat: false);

        ComposedInvitation Compose(Session drafted, ConnectionLink with)
        {
            isComposing = true;
            var composed = compose!(drafted, with);
            isComposing = false;
            return composed;
        }

        ValueTask ReturnAsync() => limits.ReturnAsync(technician, session.Invitation?.Delivery, session.Invitation?.To, CancellationToken.None);
    }

    /// <summary>Invites the customer once more with the same code, while the code is live.</summary>
    /// <param name="technician">Who resends; needs the rights of a first sending and, for a colleague's session, the right to those.</param>
    /// <param name="id">The session.</param>
    /// <param name="compose">Writes the invitation, from the session and its link with the PIN.</param>
    /// <param name="delivery">The transport; null for that of the sending before. With another one, what has not been sent by the former is taken back, as is what waits for
    /// what has nothing to do with it (<see cref="Invitation.IsHeld"/>).</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<SessionResult> ResendAsync(
        Technician technician, SessionId id, Func<Session, ConnectionLink, ComposedInvitation> compose, EmailDelivery? delivery = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        ArgumentNullException.ThrowIfNull(compose);
        var found = await sessions.FindOfTenantAsync(technician, id, cancellationToken).ConfigureAwait(false);
        if (found is null)
            return SessionResult.NotFound.Instance;
        ConnectionRight[] ofColleagues = found.Session.IsOpenTo(technician.Id) ? [] : [ConnectionRight.ColleaguesSessions];
        if (found.Session.Invitation is not { } earlier || !links.IsLive(found))
        {
            return await policy.FindRefusalAsync(technician, ofColleagues, cancellationToken).ConfigureAwait(false) is { } unseen
                ? new SessionResult.Refused(unseen)
                : SessionResult.NotPermitted.Of(technician, found.Session.Settle(time.GetUtcNow()));
        }

        if (secrets.LinkOf(found, await links.FindBaseAsync(technician.Tenant, cancellationToken).ConfigureAwait(false)) is not { } link)
            return new SessionResult.CodeUnreadable(found.Session.Settle(time.GetUtcNow()));

        var chosen = delivery ?? earlier.Delivery;
        var rights = RightsToInvite.Of(chosen, found.Session.ForMobileDevice);
        if (await policy.FindRefusalAsync(technician, [.. rights, .. ofColleagues], cancellationToken).ConfigureAwait(false) is { } refusal)
            return new SessionResult.Refused(refusal);
        if (await limits.TryTakeAsync(technician, chosen, earlier.To, cancellationToken).ConfigureAwait(false) is { } retryAfter)
            return new SessionResult.Refused(new Refusal.TooMany(LimitedAction.Invite, retryAfter));

        ComposedInvitation composed;
        try
        {
            composed = compose(found.Session, link);
        }
        catch
        {
            await limits.ReturnAsync(technician, chosen, earlier.To, CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        // A session's messages go out one after the other: what waits for a setting, or for a sender that is no longer the one, would wait before this one.
        var cancels = chosen != earlier.Delivery || earlier.IsHeld;
        var now = time.GetUtcNow();
        var change = new SessionChange
        {
            Kind = SessionEventKind.Invitation, At = now, Actor = SessionActor.Technician, By = technician.Reference, Detail = composed.Invitation.State.ToString(),
            Invitation = composed.Invitation, Messages = composed.Seal(secrets.Keys, id, now), CancelsMessages = cancels,
        };
        var guard = new SessionGuard { Now = now, Tenant = technician.Tenant, CodeLive = true };
        TransitionResult result;
        try
        {
            result = await store.TransitionAsync(SessionSelector.ById(id), guard, change, cancellationToken).ConfigureAwait(false);
        }
        catch (SessionStoreException) when (!cancellationToken.IsCancellationRequested)
        {
            await limits.ReturnAsync(technician, chosen, earlier.To, CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        if (result.Applied)
            return SessionResult.Done.Of(technician, result.Session!, secrets, time.GetUtcNow());
        await limits.ReturnAsync(technician, chosen, earlier.To, CancellationToken.None).ConfigureAwait(false);
        return SessionResult.NotPermitted.Of(technician, result.Session!.Session.Settle(time.GetUtcNow()));
    }
}

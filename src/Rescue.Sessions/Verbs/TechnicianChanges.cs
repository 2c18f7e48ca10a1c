using Microsoft.Extensions.Options;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Colleagues;
using Rescue.Sessions.Deadlines;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Verbs;

/// <summary>
/// Makes the changes that technicians ask for, each in one conditional write. The guard carries the rights that are missing, so that nothing is read first.
/// Thread-safe.
/// </summary>
internal sealed class TechnicianChanges(
    ISessionStore store,
    SessionSecrets secrets,
    PermissionPolicy policy,
    IOptionsMonitor<IColleagueOptions> options,
    TimeProvider time,
    SessionTelemetry telemetry)
{
    /// <summary>A change by which the technician becomes the owner, within their capacity.</summary>
    public ValueTask<SessionResult> TakeAsync(Technician technician, SessionId id, SessionTrigger trigger, CancellationToken cancellationToken)
    {
        var change = Change(trigger, technician) with
        {
            Owner = technician.Reference, SealedHandOver = secrets.Keys.Seal(HandOverSecret.Generate().Bytes, id),
        };
        return ApplyAsync(
            technician, id, change, [ConnectionRight.PrivateSessions, ConnectionRight.ColleaguesSessions, ConnectionRight.MobileAddOn], cancellationToken);
    }

    /// <summary>A change that ends a session or interrupts it. Whoever may make no sessions has their own left to end, and no part in those of others.</summary>
    public ValueTask<SessionResult> EndAsync(Technician technician, SessionId id, SessionTrigger trigger, CancellationToken cancellationToken) =>
        ApplyAsync(
            technician, id, Change(trigger, technician), [ConnectionRight.PrivateSessions, ConnectionRight.ColleaguesSessions], cancellationToken);

    /// <summary>Any other change.</summary>
    public ValueTask<SessionResult> ActAsync(Technician technician, SessionId id, SessionTrigger trigger, CancellationToken cancellationToken) =>
        ApplyAsync(technician, id, Change(trigger, technician), [ConnectionRight.ColleaguesSessions], cancellationToken);

    /// <summary>An offer to another technician.</summary>
    public ValueTask<SessionResult> OfferAsync(Technician technician, SessionId id, string to, CancellationToken cancellationToken) =>
        ApplyAsync(
            technician, id, Change(SessionTrigger.Transfer, technician) with { OfferTo = to, Detail = to }, [ConnectionRight.ColleaguesSessions],
            cancellationToken);

    /// <summary>Applies a change.</summary>
    /// <param name="technician">Who acts.</param>
    /// <param name="id">The session.</param>
    /// <param name="change">What they do.</param>
    /// <param name="rights">What it takes with a phone (the add-on) and with a colleague's session (the others).</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    private async ValueTask<SessionResult> ApplyAsync(
        Technician technician, SessionId id, SessionChange change, ConnectionRight[] rights, CancellationToken cancellationToken)
    {
        var trigger = change.Trigger!.Value;
        var takes = change.Owner is not null;
        var decision = await policy.DecideAsync(technician, rights, cancellationToken).ConfigureAwait(false);
        // Whoever may make no sessions takes none, be it their own.
        if (takes && decision.Missing.FirstOrDefault(missing => missing.Right == ConnectionRight.PrivateSessions) is { } none)
            return new SessionResult.Refused(new Refusal.Forbidden(new([none])));
        // Of a customer who asked for help and is everybody's, whoever may have no colleagues' sessions has a part, and whoever may have none at all has not.
        var bound = IsAnswer(trigger) ? null : technician.Id;
        var role = SessionLifecycle.RoleOf(trigger);
        var guard = new SessionGuard
        {
            Now = change.At,
            Tenant = technician.Tenant,
            Owner = role == TechnicianRole.Owner ? technician.Id : null,
            OfferedBy = role == TechnicianRole.Sender ? technician.Id : null,
            OfferedTo = role == TechnicianRole.Recipient ? technician.Id : null,
            NotMobile = Lacks(ConnectionRight.MobileAddOn),
            BelongsTo = Lacks(ConnectionRight.PrivateSessions) ? bound : null,
            OpenTo = Lacks(ConnectionRight.ColleaguesSessions) ? bound : null,
            Capacity = takes && options.CurrentValue.Technicians.Capacity is > 0 and var most ? most : null,
        };
        var result = await store.TransitionSettledAsync(
            SessionSelector.ById(id), guard, change, found => found.Session.Tenant == technician.Tenant, telemetry, cancellationToken).ConfigureAwait(false);
        if (result.Session is not { } current || current.Session.Tenant != technician.Tenant)
            return SessionResult.NotFound.Instance;
        var now = time.GetUtcNow();
        if (result.Applied)
        {
            telemetry.Changed(current.Session, trigger);
            return SessionResult.Done.Of(technician, current, secrets, now);
        }

        var session = current.Session.Settle(now);
        if (RefusalOf(session, technician, trigger, decision) is { } lacking)
            return new SessionResult.Refused(lacking);
        if (result.AtCapacity)
            return new SessionResult.AtCapacity(session, guard.Capacity!.Value);
        // A repeat of the change that has made the technician the owner, because they clicked twice or did not hear the answer, finds it done.
        return takes && session is { Status: SessionStatus.Active, Owner: { } owner } && owner.Id == technician.Id
            ? SessionResult.Done.Of(technician, current, secrets, now)
            : SessionResult.NotPermitted.Of(technician, session);

        bool Lacks(ConnectionRight right) => decision.Missing.Any(missing => missing.Right == right);
    }

    // Of the rights that are missing, those that this session takes.
    private static Refusal.Forbidden? RefusalOf(Session session, Technician technician, SessionTrigger trigger, PermissionDecision decision)
    {
        var isTheirs = IsAnswer(trigger) ? session.Concerns(technician.Id) : session.BelongsTo(technician.Id);
        // Whoever has made it is told who was faster.
        isTheirs |= trigger == SessionTrigger.Start && session.CreatedBy?.Id == technician.Id;
        var isPhones = session.IsMobile && SessionLifecycle.Find(session.Status, trigger) is not null;
        MissingRight[] needed =
        [
            .. decision.Missing.Where(missing => missing.Right switch
            {
                ConnectionRight.MobileAddOn => isPhones,
                ConnectionRight.ColleaguesSessions => !isTheirs && !session.IsEverybodys,
                _ => !isTheirs,
            }),
        ];
        return needed.Length == 0 ? null : new(new PermissionDecision(needed));
    }

    // An offer is the affair of the two between whom it was made.
    private static bool IsAnswer(SessionTrigger trigger) => SessionLifecycle.RoleOf(trigger) is TechnicianRole.Sender or TechnicianRole.Recipient;

    private SessionChange Change(SessionTrigger trigger, Technician technician)
    {
        ArgumentNullException.ThrowIfNull(technician);
        return new()
        {
            Kind = SessionEventKind.Transition, Trigger = trigger, At = time.GetUtcNow(), Actor = SessionActor.Technician, By = technician.Reference,
        };
    }
}

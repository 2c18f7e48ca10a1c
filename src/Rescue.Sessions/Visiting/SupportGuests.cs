using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Deadlines;
using Rescue.Sessions.Finding;
using Rescue.Sessions.Guests;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Refusals;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;
using Rescue.Sessions.Visiting;

namespace Rescue.Sessions;

/// <summary>
/// Lets technicians invite a colleague or an expert from outside into an open session, by a link that ends at a given time, with the session, or when it is taken
/// back. <see cref="Session.Guests"/> tells who was invited and how far they have come; the guest's side is <see cref="GuestSessions"/>. Thread-safe.
/// </summary>
public sealed class SupportGuests
{
    private const int IdDigits = 16;

    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    private readonly ISessionStore store;
    private readonly SessionSecrets secrets;
    private readonly PermissionPolicy policy;
    private readonly VisibleSessions sessions;
    private readonly LiveLinks links;
    private readonly IOptionsMonitor<IGuestOptions> options;
    private readonly TimeProvider time;
    private readonly SessionTelemetry telemetry;

    internal SupportGuests(
        ISessionStore store,
        SessionSecrets secrets,
        PermissionPolicy policy,
        VisibleSessions sessions,
        LiveLinks links,
        IOptionsMonitor<IGuestOptions> options,
        TimeProvider time,
        SessionTelemetry telemetry)
    {
        this.store = store;
        this.secrets = secrets;
        this.policy = policy;
        this.sessions = sessions;
        this.links = links;
        this.options = options;
        this.time = time;
        this.telemetry = telemetry;
    }

    /// <summary>Every problem of an invitation, by field; empty when there is none.</summary>
    public IReadOnlyList<FieldProblem> Validate(NewGuest guest)
    {
        ArgumentNullException.ThrowIfNull(guest);
        var problems = new List<FieldProblem>();
        if (PersonName.Problem(guest.Name) is { } name)
            problems.Add(new("name", $"The guest's name {name}"));
        var most = options.CurrentValue.Guests.MaxValidity;
        if (guest.Validity is { } validity && (validity < Shortest || validity > most))
            problems.Add(new("minutes", $"A guest's link is good for 1 to {(int)most.TotalMinutes} minutes."));
        return problems;
    }

    /// <summary>Invites a guest; takes the right to invite guests, and for a colleague's session the right to those.</summary>
    /// <param name="technician">Who invites.</param>
    /// <param name="id">The session, which must be open.</param>
    /// <param name="guest">Whom.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns><see cref="SessionResult.Invited"/>, or what stands in the way; too many guests are a problem of the field <c>guests</c>.</returns>
    public async ValueTask<SessionResult> InviteAsync(Technician technician, SessionId id, NewGuest guest, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        if (Validate(guest) is [_, ..] problems)
            return new SessionResult.Refused(new Refusal.Invalid([.. problems]));
        if (await policy.FindRefusalAsync(technician, ConnectionRight.InviteGuests, cancellationToken).ConfigureAwait(false) is { } refusal)
            return new SessionResult.Refused(refusal);
        var bound = await policy.FindRefusalAsync(technician, ConnectionRight.ColleaguesSessions, cancellationToken).ConfigureAwait(false);

        // Before the guest is stored, for their link is told this once.
        var address = await links.FindBaseAsync(technician.Tenant, cancellationToken).ConfigureAwait(false);
        var (now, limits, token) = (time.GetUtcNow(), options.CurrentValue.Guests, GuestToken.Generate());
        var invited = new Guest
        {
            Id = RandomNumberGenerator.GetHexString(IdDigits, lowercase: true),
            Name = PersonName.Normalize(guest.Name),
            InvitedBy = technician.Reference,
            InvitedAt = now,
            ExpiresAt = now + (guest.Validity ?? limits.Validity),
        };
        var change = new SessionChange
        {
            Kind = SessionEventKind.GuestInvited, At = now, Actor = SessionActor.Technician, By = technician.Reference, Detail = invited.Name,
            Guest = new() { Id = invited.Id, Invited = invited, Proof = new(invited.Id, secrets.Keys.Hash(token)), Most = limits.Most },
        };
        var result = await ChangeAsync(technician, id, change, bound, cancellationToken).ConfigureAwait(false);
        if (result.Session is not { } current)
            return SessionResult.NotFound.Instance;
        if (!result.Applied)
            return RefusalOf(current, technician, bound, limits);
        var done = SessionResult.Done.Of(technician, current, secrets, time.GetUtcNow());
        return new SessionResult.Invited(done.Session, invited, new(address, $"guest?k={token.Text}"), done.HandOver);
    }

    /// <summary>Ends a guest's visit, or takes their link back; for a colleague's session it takes the right to those. A repeat changes nothing.</summary>
    /// <param name="technician">Who ends it.</param>
    /// <param name="id">The session.</param>
    /// <param name="guest">The guest's <see cref="Guest.Id"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The session; <see cref="SessionResult.NotFound"/> too where it has no such guest.</returns>
    public async ValueTask<SessionResult> RevokeAsync(Technician technician, SessionId id, string guest, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        ArgumentNullException.ThrowIfNull(guest);
        if (await sessions.FindOfTenantAsync(technician, id, cancellationToken).ConfigureAwait(false) is not { } found)
            return SessionResult.NotFound.Instance;
        var bound = await policy.FindRefusalAsync(technician, ConnectionRight.ColleaguesSessions, cancellationToken).ConfigureAwait(false);
        if (bound is not null && !found.Session.Settle(time.GetUtcNow()).IsOpenTo(technician.Id))
            return new SessionResult.Refused(bound);
        if (found.Session.Guests?.FirstOrDefault(known => known.Id == guest) is not { } present)
            return SessionResult.NotFound.Instance;
        var change = new SessionChange
        {
            Kind = SessionEventKind.GuestLeft, At = time.GetUtcNow(), Actor = SessionActor.Technician, By = technician.Reference, Detail = present.Name,
            Guest = new() { Id = guest, End = GuestState.Revoked },
        };
        var result = await ChangeAsync(technician, id, change, bound, cancellationToken).ConfigureAwait(false);
        if (result.Session is not { } current)
            return SessionResult.NotFound.Instance;
        // A colleague has taken the session since.
        if (bound is not null && !result.Applied && !current.Session.IsOpenTo(technician.Id))
            return new SessionResult.Refused(bound);
        return SessionResult.Done.Of(technician, current, secrets, time.GetUtcNow());
    }

    private async ValueTask<TransitionResult> ChangeAsync(
        Technician technician, SessionId id, SessionChange change, Refusal.Forbidden? bound, CancellationToken cancellationToken)
    {
        var guard = new SessionGuard { Now = change.At, Tenant = technician.Tenant, OpenTo = bound is null ? null : technician.Id };
        var result = await store.TransitionSettledAsync(
            SessionSelector.ById(id), guard, change, found => found.Session.Tenant == technician.Tenant, telemetry, cancellationToken).ConfigureAwait(false);
        return result.Session?.Session.Tenant == technician.Tenant ? result : new(false, null);
    }

    private SessionResult RefusalOf(StoredSession current, Technician technician, Refusal.Forbidden? bound, GuestOptions limits)
    {
        var now = time.GetUtcNow();
        var session = current.Session.Settle(now);
        if (bound is not null && !session.IsOpenTo(technician.Id))
            return new SessionResult.Refused(bound);
        return session.Status != SessionStatus.Closed && session.Guests?.Count(guest => guest.IsOpen(now)) >= limits.Most
            ? new SessionResult.Refused(new Refusal.Invalid([new("guests", $"A session has at most {limits.Most} guests at a time. End another's visit first.")]))
            : SessionResult.NotPermitted.Of(technician, session);
    }
}

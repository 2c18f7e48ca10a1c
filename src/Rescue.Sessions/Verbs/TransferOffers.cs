using Rescue.Sessions.Finding;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Presence;
using Rescue.Sessions.Refusals;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Verbs;

/// <summary>Offers sessions to colleagues who are known and take them. Thread-safe.</summary>
internal sealed class TransferOffers(
    TechnicianChanges changes, SupportTeam team, PermissionPolicy policy, VisibleSessions sessions, TimeProvider time)
{
    public async ValueTask<SessionResult> MakeAsync(Technician technician, SessionId id, string? to, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(technician);
        if (ProblemOf(technician, to) is { } problem)
            return new SessionResult.Refused(new Refusal.Invalid([new("to", problem)]));
        if (await policy.FindRefusalAsync(technician, ConnectionRight.Transfer, cancellationToken).ConfigureAwait(false) is { } refusal)
            return new SessionResult.Refused(refusal);
        // An id is kept as the host's own are.
        to = PersonName.Normalize(to!);
        var recipient = await team.FindAsync(technician.Tenant, to, cancellationToken).ConfigureAwait(false);
        return recipient is { Presence: TechnicianPresence.Available }
            ? await changes.OfferAsync(technician, id, to, cancellationToken).ConfigureAwait(false)
            : await RefuseAsync(technician, id, recipient, cancellationToken).ConfigureAwait(false);
    }

    // Who may not offer it at all hears that first.
    private async ValueTask<SessionResult> RefuseAsync(
        Technician technician, SessionId id, StoredTechnician? recipient, CancellationToken cancellationToken)
    {
        if (await sessions.FindOfTenantAsync(technician, id, cancellationToken).ConfigureAwait(false) is not { } found)
            return SessionResult.NotFound.Instance;
        var session = found.Session.Settle(time.GetUtcNow());
        if (!session.IsOpenTo(technician.Id)
            && await policy.FindRefusalAsync(technician, ConnectionRight.ColleaguesSessions, cancellationToken).ConfigureAwait(false) is { } refusal)
        {
            return new SessionResult.Refused(refusal);
        }

        return recipient is null ? new SessionResult.UnknownTechnician(session) : new SessionResult.Unavailable(session, recipient.Presence);
    }

    private static string? ProblemOf(Technician technician, string? to)
    {
        if (PersonName.Problem(to) is { } problem)
            return $"The id of the other technician {problem}";
        return PersonName.Normalize(to!) == technician.Id ? "A session cannot be transferred to oneself. Name another technician." : null;
    }
}

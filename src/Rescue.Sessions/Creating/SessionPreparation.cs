using System.Collections.Immutable;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Creating;

/// <summary>Puts together what is stored of a new session: its snapshot, its secrets hashed and sealed, its first history entry and its message. Thread-safe.</summary>
internal sealed class SessionPreparation(SessionSecrets secrets, TimeProvider time)
{
    public SessionCreation Prepare(
        Technician technician, NewSession input, ConnectionCode code, Uri address, SessionTimeouts chosen, TimeSpan validity, Func<Session, ConnectionLink, ComposedInvitation>? compose)
    {
        var session = Draft(technician.Tenant, technician.Reference, input, chosen, validity);
        var composed = compose?.Invoke(session, SessionSecrets.LinkOf(code, address));
        session = session with { Invitation = composed?.Invitation };
        var creation = Prepare(session, code, technician);
        return creation with
        {
            Session = creation.Session with { Request = input.IdempotencyKey is null ? null : secrets.Keys.HashRequest(RequestText.Of(input))[0].ToByteArray() },
            Messages = composed is null ? [] : Seal(composed, session.Id, session.CreatedAt),
            IdempotencyKey = input.IdempotencyKey,
        };
    }

    /// <summary>A session as it begins.</summary>
    /// <param name="tenant">Its tenant.</param>
    /// <param name="maker">Who makes it; null for its customer.</param>
    /// <param name="input">What it is for.</param>
    /// <param name="chosen">Its time-outs.</param>
    /// <param name="validity">How long its code can be used.</param>
    public Session Draft(string tenant, TechnicianReference? maker, NewSession input, SessionTimeouts chosen, TimeSpan validity)
    {
        var now = time.GetUtcNow();
        var expiresAt = now + validity;
        var deadline = chosen.Unjoined(now, expiresAt);
        return new()
        {
            Id = SessionId.New(now),
            Tenant = tenant,
            CustomerName = input.NormalName,
            Reference = input.NormalReference,
            Fields = input.Fields,
            InvitationValues = input.Invitation?.Values is { Count: > 0 } values ? values.ToImmutableSortedDictionary(StringComparer.Ordinal) : null,
            Language = input.Invitation?.Language,
            TimeZone = input.Invitation?.TimeZone,
            Platform = input.Invitation?.Platform,
            ForMobileDevice = input.Invitation?.NeedsMobileAddOn == true,
            CreatedBy = maker,
            CreatedAt = now,
            StatusSince = now,
            ExpiresAt = expiresAt,
            Timeouts = chosen,
            Deadline = deadline,
            Alarm = SessionAlarm.Next(deadline, now, 0),
        };
    }

    /// <summary>What is stored of it, with its code and its first history entry.</summary>
    public SessionCreation Prepare(Session session, ConnectionCode code, Technician? creator)
    {
        var stored = new StoredSession
        {
            Session = session,
            Creator = creator,
            PinHashes = secrets.Keys.Hash(code.Pin),
            TokenHashes = code.Token is null ? [] : secrets.Keys.Hash(code.Token),
            SealedCode = code.Seal(secrets.Keys, session.Id),
        };
        var created = new SessionEvent
        {
            Session = session.Id, Tenant = session.Tenant, At = session.CreatedAt, Kind = SessionEventKind.Created,
            Actor = creator is null ? SessionActor.Customer : SessionActor.Technician, By = creator?.Reference,
            From = SessionStatus.Connecting, To = SessionStatus.Connecting,
        };
        return new(stored, created, []);
    }

    /// <summary>What changes when its customer is invited once more.</summary>
    public SessionChange PrepareAgain(Technician technician, SessionId id, ComposedInvitation composed, DateTimeOffset now) => new()
    {
        Kind = SessionEventKind.Invitation, At = now, Actor = SessionActor.Technician, By = technician.Reference,
        Invitation = composed.Invitation, Messages = Seal(composed, id, now), Detail = composed.Invitation.State.ToString(),
    };

    // What the composer has left for the outbox.
    private ImmutableArray<OutboxMessage> Seal(ComposedInvitation composed, SessionId id, DateTimeOffset now) =>
        composed is { Kind: { } kind, Payload: { } payload }
            ? [new OutboxMessage(Guid.CreateVersion7(now), id, kind, secrets.Keys.Seal(payload, id), now)]
            : [];
}

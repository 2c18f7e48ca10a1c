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
        Technician technician, NewSession input, ConnectionCode code, Uri address, SessionTimeouts chosen, TimeSpan validity, InvitationComposer? compose)
    {
        var now = time.GetUtcNow();
        var expiresAt = now + validity;
        var deadline = chosen.Unjoined(now, expiresAt);
        var session = new Session
        {
            Id = SessionId.New(now),
            Tenant = technician.Tenant,
            CustomerName = input.NormalName,
            Reference = input.NormalReference,
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

    /// <summary>What the composer has left for the outbox, sealed.</summary>
    public ImmutableArray<OutboxMessage> Seal(ComposedInvitation composed, SessionId id, DateTimeOffset now) =>
        composed is { Kind: { } kind, Payload: { } payload }
            ? [new OutboxMessage(Guid.CreateVersion7(now), id, kind, secrets.Keys.Seal(payload, id), now)]
            : [];
}

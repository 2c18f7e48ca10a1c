using System.Collections.Immutable;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Creating;

/// <summary>
/// Makes sessions: drafts them, draws codes until one is free (PINs are as long as the number of live ones asks for), and stores them, with their secrets hashed and
/// sealed, their first history entry and their message. Thread-safe.
/// </summary>
internal sealed class NewSessions(ISessionStore store, SessionSecrets secrets, TimeoutSelection timeouts, TimeProvider time)
{
    private long liveCodes;

    /// <summary>A technician's session as it begins, with the times that hold for them.</summary>
    public async ValueTask<Session> DraftAsync(Technician technician, NewSession input, CancellationToken cancellationToken)
    {
        var (chosen, validity) = await timeouts.ForAsync(technician, cancellationToken).ConfigureAwait(false);
        return Draft(technician.Tenant, technician.Reference, input, chosen, validity);
    }

    /// <summary>A session as it begins.</summary>
    /// <param name="tenant">Its tenant.</param>
    /// <param name="maker">Who makes it; null for its customer.</param>
    /// <param name="input">What it is for.</param>
    /// <param name="chosen">Its time-outs.</param>
    /// <param name="validity">How long its code can be used; the connecting time-out may end it before.</param>
    public Session Draft(string tenant, TechnicianReference? maker, NewSession input, SessionTimeouts chosen, TimeSpan validity)
    {
        var now = time.GetUtcNow();
        var deadline = chosen.Unjoined(now, now + validity);
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
            // What the customer is told is when the code really ends.
            ExpiresAt = deadline.At,
            Timeouts = chosen,
            Deadline = deadline,
            Alarm = SessionAlarm.Next(deadline, now, 0),
        };
    }

    /// <summary>Stores a session that was drafted.</summary>
    /// <param name="draft">The session.</param>
    /// <param name="creator">Who makes it; null for its customer.</param>
    /// <param name="input">What it is for, with the key under which it is found again.</param>
    /// <param name="recent">What makes an identical request a repeat where there is no key; null when nothing does.</param>
    /// <param name="address">The public address of its organisation.</param>
    /// <param name="compose">Writes its invitation; called again where the code was taken. Null for none.</param>
    /// <param name="cancellationToken">Ends the wait; the session may be stored all the same.</param>
    /// <returns>That it is stored or was before, and the link of what is stored now.</returns>
    public async ValueTask<(SessionCreationResult Result, ConnectionLink Link)> StoreAsync(
        Session draft, Technician? creator, NewSession input, RecentRequest? recent, Uri address, Func<Session, ConnectionLink, ComposedInvitation>? compose,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var code = secrets.Draw(Interlocked.Read(ref liveCodes), input.PinLength);
            var link = SessionSecrets.LinkOf(code, address);
            var composed = compose?.Invoke(draft, link);
            var stored = new StoredSession
            {
                Session = draft with { Invitation = composed?.Invitation },
                Creator = creator,
                PinHashes = secrets.Keys.Hash(code.Pin),
                TokenHashes = code.Token is null ? [] : secrets.Keys.Hash(code.Token),
                SealedCode = code.Seal(secrets.Keys, draft.Id),
                Request = input.IdempotencyKey is null ? null : secrets.Keys.HashRequest(RequestText.Of(input))[0].ToByteArray(),
            };
            var creation = new SessionCreation(stored, FirstEvent(draft, creator), composed?.Seal(secrets.Keys, draft.Id, draft.CreatedAt) ?? [], input.IdempotencyKey, recent);
            var result = await store.CreateAsync(creation, cancellationToken).ConfigureAwait(false);
            Interlocked.Exchange(ref liveCodes, result.LiveCodes);
            if (result.Outcome != SessionCreationOutcome.PinTaken)
                return (result, link);
        }
    }

    private static SessionEvent FirstEvent(Session session, Technician? creator) => new()
    {
        Session = session.Id, Tenant = session.Tenant, At = session.CreatedAt, Kind = SessionEventKind.Created,
        Actor = creator is null ? SessionActor.Customer : SessionActor.Technician, By = creator?.Reference,
        From = SessionStatus.Connecting, To = SessionStatus.Connecting, Version = session.Version,
    };
}

using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Guests;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Presence;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions;

/// <summary>
/// The answer to a technician who acts on a session: one of <see cref="Done"/>, <see cref="Invited"/>, <see cref="NotFound"/>, <see cref="NotPermitted"/>,
/// <see cref="AlreadyStarted"/>, <see cref="AtCapacity"/>, <see cref="Unavailable"/>, <see cref="UnknownTechnician"/>, <see cref="CodeUnreadable"/>,
/// <see cref="Refused"/>.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "result")]
[JsonDerivedType(typeof(SessionResult.Done), "done")]
[JsonDerivedType(typeof(SessionResult.Invited), "invited")]
[JsonDerivedType(typeof(SessionResult.NotFound), "notFound")]
[JsonDerivedType(typeof(SessionResult.NotPermitted), "notPermitted")]
[JsonDerivedType(typeof(SessionResult.AlreadyStarted), "alreadyStarted")]
[JsonDerivedType(typeof(SessionResult.AtCapacity), "atCapacity")]
[JsonDerivedType(typeof(SessionResult.Unavailable), "unavailable")]
[JsonDerivedType(typeof(SessionResult.UnknownTechnician), "unknownTechnician")]
[JsonDerivedType(typeof(SessionResult.CodeUnreadable), "codeUnreadable")]
[JsonDerivedType(typeof(SessionResult.Refused), "refused")]
public abstract record SessionResult
{
    private SessionResult()
    {
    }

    /// <summary>It is done, now or by the same technician before.</summary>
    /// <param name="Session">The session now.</param>
    /// <param name="HandOver">
    /// The secret that the session's owner shares with its applet; null for anybody else, in any status but active, and when the key of the ring that sealed it is
    /// missing.
    /// </param>
    public sealed record Done(Session Session, HandOverSecret? HandOver = null) : SessionResult
    {
        internal static Done Of(Technician technician, StoredSession stored, SessionSecrets secrets, DateTimeOffset now) =>
            new(stored.Session.Settle(now), secrets.HandOverFor(technician, stored, now));
    }

    /// <summary>A guest is invited (<see cref="SupportGuests"/>).</summary>
    /// <param name="Session">The session now.</param>
    /// <param name="Guest">The guest.</param>
    /// <param name="Link">The guest's link, a secret that is told this once: only its keyed hash is kept.</param>
    /// <param name="HandOver">As in <see cref="Done"/>.</param>
    public sealed record Invited(Session Session, Guest Guest, Uri Link, HandOverSecret? HandOver = null) : SessionResult
    {
        /// <summary>No link, for it may come into a log.</summary>
        public override string ToString() => nameof(Invited);
    }

    /// <summary>The technician's tenant has no such session.</summary>
    public sealed record NotFound : SessionResult
    {
        internal static readonly NotFound Instance = new();

        private NotFound()
        {
        }
    }

    /// <summary>The session's status does not permit it, or not to this technician: an offer is answered by its recipient alone, and taken back by its sender.</summary>
    /// <param name="Session">The session as it is.</param>
    /// <param name="Permitted">What it does permit this technician.</param>
    public sealed record NotPermitted(Session Session, ImmutableArray<SessionTrigger> Permitted) : SessionResult
    {
        internal static NotPermitted Of(Technician technician, Session session) => new(session, SupportSessions.PermittedFor(technician, session));
    }

    /// <summary>Another technician was faster.</summary>
    /// <param name="Session">The session as it is.</param>
    /// <param name="StartedBy">Who picked the customer up.</param>
    /// <param name="StartedAt">When.</param>
    public sealed record AlreadyStarted(Session Session, TechnicianReference StartedBy, DateTimeOffset StartedAt) : SessionResult;

    /// <summary>The technician holds as many sessions as they may.</summary>
    /// <param name="Session">The session as it is.</param>
    /// <param name="Capacity">How many they may hold.</param>
    public sealed record AtCapacity(Session Session, int Capacity) : SessionResult;

    /// <summary>The technician to whom the session was to be transferred takes none at present.</summary>
    /// <param name="Session">The session as it is.</param>
    /// <param name="Presence">Their presence.</param>
    public sealed record Unavailable(Session Session, TechnicianPresence Presence) : SessionResult;

    /// <summary>The session was to be transferred to somebody whom nobody knows: not seen of late, without a session, and not in the host's list.</summary>
    /// <param name="Session">The session as it is.</param>
    public sealed record UnknownTechnician(Session Session) : SessionResult;

    /// <summary>The code was sealed under a key that is no longer in the ring, so it cannot be sent again. The link that was sent goes on working where its hash is known.</summary>
    /// <param name="Session">The session as it is.</param>
    public sealed record CodeUnreadable(Session Session) : SessionResult;

    /// <summary>It was refused; nothing is changed.</summary>
    /// <param name="Reason">Why: any but <see cref="Refusal.Outdated"/>.</param>
    public sealed record Refused(Refusal Reason) : SessionResult;
}

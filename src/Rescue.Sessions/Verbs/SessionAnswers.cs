using Rescue.Sessions.Codes;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Verbs;

/// <summary>What technicians are answered about a session that the store has. Thread-safe.</summary>
internal sealed class SessionAnswers(SessionSecrets secrets, TimeProvider time)
{
    /// <summary>The session as it is by now.</summary>
    public Session Now(StoredSession stored) => stored.Session.Settle(time.GetUtcNow());

    public SessionResult.Done Done(StoredSession stored, Technician technician) => new(Now(stored), secrets.HandOverFor(technician, stored));

    public SessionResult.NotPermitted NotPermitted(StoredSession stored, Technician technician)
    {
        var session = Now(stored);
        return new(session, SupportSessions.PermittedFor(technician, session));
    }
}

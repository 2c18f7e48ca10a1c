using Rescue.Sessions.Codes;
using Rescue.Sessions.Finding;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Creating;

/// <summary>The answer to a technician who asks for a session again, such as by a double click. Thread-safe.</summary>
internal sealed class RepeatedRequests(SessionSecrets secrets, LiveLinks links, TimeProvider time)
{
    /// <summary>An identical request within the window.</summary>
    public CreateSessionResult.Created Within(StoredSession earlier, Uri address) => new(earlier.Session.Settle(time.GetUtcNow()), links.Of(earlier, address), IsRepeat: true);

    /// <summary>
    /// A request with a key that has made a session. The link of one customer must not be given out as another's, nor a message as sent that was not asked for. A
    /// session of an earlier version remembers no more of its request than name and reference.
    /// </summary>
    public CreateSessionResult ByKey(StoredSession earlier, NewSession repeated, Uri address)
    {
        var isSame = earlier.Request is { } request
            ? secrets.Keys.HashRequest(RequestText.Of(repeated)).Contains(KeyedHash.FromByteArray(request))
            : PersonName.Normalize(earlier.Session.CustomerName) == repeated.NormalName && earlier.Session.Reference == repeated.NormalReference;
        return isSame ? Within(earlier, address) : new CreateSessionResult.KeyReused(earlier.Session.Settle(time.GetUtcNow()));
    }
}

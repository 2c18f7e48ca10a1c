using System.Net;

namespace Rescue.Sessions.Applet.Joining;

/// <summary>No attempt got an answer that decides: trying again with the same instance is safe.</summary>
public sealed class JoinUnanswered : JoinResult
{
    internal JoinUnanswered(HttpStatusCode? status, Exception? cause, bool isIntercepted)
    {
        Status = status;
        Cause = cause;
        IsIntercepted = isIntercepted;
    }

    /// <summary>The last answer's status; null where there was no answer.</summary>
    public HttpStatusCode? Status { get; }

    /// <summary>
    /// What went wrong at the last attempt: network, time limit or an answer that is not the protocol's. Its message may repeat what was answered as it was, control
    /// characters too: for a log, not for a window.
    /// </summary>
    public Exception? Cause { get; }

    /// <summary>Whether something else has answered in the server's place, such as the sign-in page of a network.</summary>
    public bool IsIntercepted { get; }
}

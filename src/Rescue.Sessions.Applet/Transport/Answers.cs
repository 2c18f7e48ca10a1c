using System.Net;

namespace Rescue.Sessions.Applet.Transport;

/// <summary>The one reading of status codes after joining, for messages and for the event stream.</summary>
static class Answers
{
    public static AppletAnswer? Read(HttpStatusCode? status) => status switch
    {
        >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => AppletAnswer.Accepted,
        HttpStatusCode.Unauthorized => AppletAnswer.KeyReplaced,
        HttpStatusCode.Gone or HttpStatusCode.NotFound => AppletAnswer.SessionOver,
        HttpStatusCode.Conflict => AppletAnswer.NotPermitted,
        HttpStatusCode.TooManyRequests => AppletAnswer.Unreachable,
        _ when IsTransient(status) => AppletAnswer.Unreachable,
        _ => null
    };

    /// <summary>Whether the same request may fare better later: no answer, a time-out of the server, or its own failure.</summary>
    public static bool IsTransient(HttpStatusCode? status) =>
        status is null or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError;
}

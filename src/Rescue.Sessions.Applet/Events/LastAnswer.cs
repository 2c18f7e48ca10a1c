using System.Text.Json;
using Rescue.Sessions.Applet.Transport;

namespace Rescue.Sessions.Applet.Events;

/// <summary>An answer of the service after which there is nothing more to watch.</summary>
/// <param name="Reason"><see cref="AppletAnswer.SessionOver"/> or <see cref="AppletAnswer.KeyReplaced"/>.</param>
/// <param name="Report">How the session has ended, where the answer says so.</param>
internal sealed record LastAnswer(AppletAnswer Reason, StatusReported? Report)
{
    /// <summary>Null for an answer after which it goes on.</summary>
    public static LastAnswer? Of(Reply reply) => reply.ToAnswer() switch
    {
        AppletAnswer.SessionOver => new(AppletAnswer.SessionOver, ReadEnd(reply)),
        AppletAnswer.KeyReplaced => new(AppletAnswer.KeyReplaced, null),
        _ => null
    };

    // The service is known by its JSON, so that there is some.
    private static StatusReported? ReadEnd(Reply reply)
    {
        using var refusal = JsonDocument.Parse(reply.BodyBytes);
        return refusal.RootElement.TryGetProperty("endReason", out var reason) && JsonText.Of(reason) is { Length: > 0 } word
            ? new StatusReported(SessionStatus.Closed, technician: null, word, handOverSecret: null)
            : null;
    }
}

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
        // The applet's own goodbye.
        AppletAnswer.Accepted when reply.Word("status") == "closed" => new(AppletAnswer.SessionOver, ReadEnd(reply)),
        _ => null
    };

    private static StatusReported? ReadEnd(Reply reply) =>
        reply.Word("endReason") is { } reason ? new StatusReported(SessionStatus.Closed, technician: null, ServerText.Line(reason), handOverSecret: null) : null;
}

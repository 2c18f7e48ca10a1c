namespace Rescue.Sessions.Applet.Events;

/// <summary>There is nothing more to watch; the last item of every watch.</summary>
public sealed class WatchEnded : SessionEvent
{
    internal WatchEnded(AppletAnswer reason) => Reason = reason;

    /// <summary><see cref="AppletAnswer.SessionOver"/> or <see cref="AppletAnswer.KeyReplaced"/>.</summary>
    public AppletAnswer Reason { get; }
}

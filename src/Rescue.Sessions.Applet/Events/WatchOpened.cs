namespace Rescue.Sessions.Applet.Events;

/// <summary>The event stream is open, for the first time or again. The status as it is now follows, which holds whatever was missed meanwhile.</summary>
public sealed class WatchOpened : SessionEvent
{
    internal WatchOpened()
    {
    }
}

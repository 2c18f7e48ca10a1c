namespace Rescue.Sessions.Applet.Events;

/// <summary>The event stream is open, for the first time or again. What was missed meanwhile follows; where nothing was, nothing does.</summary>
public sealed class WatchOpened : SessionEvent
{
    internal WatchOpened()
    {
    }
}

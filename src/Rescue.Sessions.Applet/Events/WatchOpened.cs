namespace Rescue.Sessions.Applet.Events;

/// <summary>The event stream is open, for the first time or again. What has changed meanwhile follows; a status that is as it was reported is not reported again.</summary>
public sealed class WatchOpened : SessionEvent
{
    internal WatchOpened()
    {
    }
}

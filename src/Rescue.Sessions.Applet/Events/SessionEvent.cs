namespace Rescue.Sessions.Applet.Events;

/// <summary>
/// Something to tell the customer: <see cref="StatusReported"/>, <see cref="GuestsReported"/>, <see cref="WatchOpened"/>, <see cref="WatchInterrupted"/> or,
/// last, <see cref="WatchEnded"/>.
/// </summary>
public abstract class SessionEvent
{
    private protected SessionEvent()
    {
    }
}

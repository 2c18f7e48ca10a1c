namespace Rescue.Sessions.Applet.Events;

/// <summary>Where a session stands, as the customer is told.</summary>
public enum SessionStatus
{
    /// <summary>The code exists, and the applet is not ready yet.</summary>
    Connecting,

    /// <summary>The applet is ready, and no technician has started.</summary>
    Waiting,

    /// <summary>A technician has started.</summary>
    Active,

    /// <summary>The technician has put the session aside and may resume it.</summary>
    OnHold,

    /// <summary>The session is on its way to another technician.</summary>
    Transferring,

    /// <summary>The technician restarts the customer's machine.</summary>
    Rebooting,

    /// <summary>The server misses the applet's heartbeats.</summary>
    Reconnecting,

    /// <summary>It has missed them for minutes, and goes on waiting.</summary>
    Offline,

    /// <summary>Nothing happened for longer than the administrator allows.</summary>
    TimedOut,

    /// <summary>It is over.</summary>
    Closed
}

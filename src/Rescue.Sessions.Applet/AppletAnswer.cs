namespace Rescue.Sessions.Applet;

/// <summary>What the server made of a message from the joined applet.</summary>
public enum AppletAnswer
{
    /// <summary>It was taken (2xx).</summary>
    Accepted,

    /// <summary>The session's status does not permit it now (409); the event stream shows the status.</summary>
    NotPermitted,

    /// <summary>The same instance has joined again elsewhere, and this key is void (401). Stop: the other one goes on.</summary>
    KeyReplaced,

    /// <summary>The session is over (410), or the server no longer knows it (404).</summary>
    SessionOver,

    /// <summary>The server could not be reached, or was unable to answer, at every attempt.</summary>
    Unreachable
}

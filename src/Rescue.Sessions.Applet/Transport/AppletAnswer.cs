namespace Rescue.Sessions.Applet;

/// <summary>What the server made of a message from the joined applet. An end is reported only when the service itself has said so.</summary>
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
    Unreachable,

    /// <summary>
    /// Something else has answered in the server's place at every attempt, such as the sign-in page of a network. The session may be well; try again,
    /// and suggest to the customer to open a browser and sign in to the network.
    /// </summary>
    Intercepted,

    /// <summary>
    /// The session's technician may not support phones and tablets, and the machine is one (403). The session is still connecting: tell the customer, who
    /// needs another link, and go on watching.
    /// </summary>
    MobileNotCovered
}

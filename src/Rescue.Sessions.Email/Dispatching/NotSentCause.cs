namespace Rescue.Sessions.Email;

/// <summary>What kept a message from being handed to the mail server at all.</summary>
public enum NotSentCause
{
    /// <summary>No connection: the name does not resolve, the port is closed, or there is no route.</summary>
    CouldNotConnect,

    /// <summary>No encryption: the server does not offer it, refuses it, or its certificate is not trusted. Nothing was said in clear.</summary>
    TlsRefused,

    /// <summary>The server does not accept the credentials, or they could not be obtained.</summary>
    AuthenticationFailed,

    /// <summary>The server does not serve this host at all: it refused before it was told anything of a message.</summary>
    ServiceRefused,

    /// <summary>The server does not let the service send from the sender's address.</summary>
    SenderRefused,

    /// <summary>The server did not answer in time, before the body was begun.</summary>
    TimedOut,

    /// <summary>The connection broke, or the server broke the protocol, before the body was begun.</summary>
    ConnectionLost,

    /// <summary>The host's rule named a mail server that there is not.</summary>
    UnknownServer,
}

namespace Rescue.Sessions;

/// <summary>The answer to an applet that has joined: one of <see cref="Done"/>, <see cref="NotPermitted"/>, <see cref="MobileNotCovered"/>, <see cref="Over"/>, <see cref="UnknownKey"/>.</summary>
public abstract record AppletResult
{
    private AppletResult()
    {
    }

    /// <summary>It is done.</summary>
    /// <param name="Session">The session now.</param>
    public sealed record Done(Session Session) : AppletResult;

    /// <summary>The session's status does not permit it.</summary>
    /// <param name="Session">The session as it is.</param>
    public sealed record NotPermitted(Session Session) : AppletResult;

    /// <summary>The session's technician may not support phones and tablets; the applet said that it runs on one.</summary>
    /// <param name="Session">The session as it is.</param>
    public sealed record MobileNotCovered(Session Session) : AppletResult;

    /// <summary>The session is over.</summary>
    /// <param name="Session">The session as it ended.</param>
    public sealed record Over(Session Session) : AppletResult;

    /// <summary>The key is not the session's present one, or there is no such session.</summary>
    public sealed record UnknownKey : AppletResult
    {
        internal static readonly UnknownKey Instance = new();

        private UnknownKey()
        {
        }
    }
}

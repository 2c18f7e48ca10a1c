using Rescue.Sessions.Codes;

namespace Rescue.Sessions.Joining;

/// <summary>The answer to an applet that wants to join: one of <see cref="Joined"/>, <see cref="BadCode"/>, <see cref="Refused"/>.</summary>
public abstract record JoinResult
{
    private JoinResult()
    {
    }

    /// <summary>The applet belongs to the session.</summary>
    /// <param name="Session">The session.</param>
    /// <param name="Key">The applet's key from now on; an earlier one is no longer good.</param>
    public sealed record Joined(Session Session, AppletKey Key) : JoinResult;

    /// <summary>The code does not lead to a session.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record BadCode(JoinRefusal Reason) : JoinResult;

    /// <summary>Too many wrong PINs came of late, so that this one was not looked at, or the applet has joined again and again.</summary>
    /// <param name="Reason">What was too often, <see cref="LimitedAction.TypePin"/> or <see cref="LimitedAction.Join"/>, and when to try again.</param>
    public sealed record Refused(Refusal.TooMany Reason) : JoinResult;
}

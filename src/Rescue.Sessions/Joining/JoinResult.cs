using Rescue.Sessions.Codes;

namespace Rescue.Sessions.Joining;

/// <summary>The answer to an applet that wants to join: one of <see cref="Joined"/>, <see cref="Refused"/>, <see cref="TooManyGuesses"/>, <see cref="TooManyJoins"/>.</summary>
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
    public sealed record Refused(JoinRefusal Reason) : JoinResult;

    /// <summary>Too many wrong PINs came of late; this one was not looked at.</summary>
    /// <param name="RetryAfter">After how long typed PINs are looked at again.</param>
    public sealed record TooManyGuesses(TimeSpan RetryAfter) : JoinResult;

    /// <summary>The applet has joined again and again of late; its present key stays good.</summary>
    /// <param name="RetryAfter">After how long it may join again.</param>
    public sealed record TooManyJoins(TimeSpan RetryAfter) : JoinResult;
}

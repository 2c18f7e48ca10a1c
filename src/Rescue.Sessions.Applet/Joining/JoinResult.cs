namespace Rescue.Sessions.Applet.Joining;

/// <summary>What came of joining: <see cref="Joined"/>, <see cref="JoinRefused"/> or <see cref="JoinUnanswered"/>, and nothing else.</summary>
public abstract class JoinResult
{
    private protected JoinResult()
    {
    }
}

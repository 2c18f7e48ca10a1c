namespace Rescue.Sessions.Applet.Joining;

/// <summary>The code was redeemed for this applet.</summary>
public sealed class Joined : JoinResult
{
    internal Joined(AppletSession session) => Session = session;

    /// <summary>The joined session.</summary>
    public AppletSession Session { get; }
}

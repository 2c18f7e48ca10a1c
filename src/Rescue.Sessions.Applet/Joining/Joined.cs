namespace Rescue.Sessions.Applet.Joining;

/// <summary>The code was redeemed for this applet.</summary>
public sealed class Joined : JoinResult
{
    internal Joined(AppletSession session, string? terms, string? technician)
    {
        Session = session;
        Terms = terms;
        Technician = technician;
    }

    /// <summary>The joined session.</summary>
    public AppletSession Session { get; }

    /// <summary>
    /// The terms to show before the applet is ready; null when there are none. A customer who does not accept them is told about with
    /// <see cref="AppletSession.DeclineAsync"/>.
    /// </summary>
    public string? Terms { get; }

    /// <summary>The name of the technician who made the session, so that the customer knows which one it is; null where the server does not say.</summary>
    public string? Technician { get; }
}

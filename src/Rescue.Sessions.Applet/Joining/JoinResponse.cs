namespace Rescue.Sessions.Applet.Joining;

internal sealed record JoinResponse(string? SessionId, string? AppletKey, string? Terms = null, string? Technician = null)
{
    public override string ToString() => "JoinResponse ***";
}

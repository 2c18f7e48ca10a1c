namespace Rescue.Sessions.Applet.Joining;

sealed record JoinResponse(string? SessionId, string? AppletKey)
{
    public override string ToString() => "JoinResponse ***";
}

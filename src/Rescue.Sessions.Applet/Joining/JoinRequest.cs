namespace Rescue.Sessions.Applet.Joining;

sealed record JoinRequest(string? Token, string? Pin, string Instance, int Protocol)
{
    public override string ToString() => "JoinRequest ***";
}

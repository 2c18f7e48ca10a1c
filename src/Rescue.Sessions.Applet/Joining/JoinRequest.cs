namespace Rescue.Sessions.Applet.Joining;

internal sealed record JoinRequest(string? Token, string? Pin, string Instance, int Protocol)
{
    public override string ToString() => "JoinRequest ***";
}

namespace Rescue.Sessions.Applet.Joining;

sealed record JoinRequest(string? Token, string? Pin, string Instance)
{
    public override string ToString() => "JoinRequest ***";
}

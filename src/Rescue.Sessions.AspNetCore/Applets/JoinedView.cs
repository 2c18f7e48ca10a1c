namespace Rescue.Sessions.AspNetCore.Applets;

internal sealed record JoinedView(string SessionId, string AppletKey);

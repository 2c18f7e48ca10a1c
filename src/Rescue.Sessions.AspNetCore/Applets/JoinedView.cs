namespace Rescue.Sessions.AspNetCore.Applets;

/// <summary>The answer to an applet that has joined, with the protocol the server speaks and the terms to show, if there are any.</summary>
internal sealed record JoinedView(string SessionId, string AppletKey, int Protocol, string? Terms);

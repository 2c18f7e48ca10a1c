using System.Text.Json.Serialization;

namespace Rescue.Sessions.AspNetCore.Applets;

/// <summary>The answer to an applet that has joined: the protocol the server speaks, the terms to show, if there are any, and who made the session.</summary>
internal sealed record JoinedView(
    string SessionId,
    string AppletKey,
    int Protocol,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Terms,
    string Technician);

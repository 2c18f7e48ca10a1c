namespace Rescue.Sessions.Applet.Tests.Support;

internal sealed record ScriptedRequest(string Line, string Body, string? Authorization, string? LastEventId);

namespace Rescue.Sessions.Applet.Tests.Support;

sealed record ScriptedRequest(string Line, string Body, string? Authorization, string? LastEventId);

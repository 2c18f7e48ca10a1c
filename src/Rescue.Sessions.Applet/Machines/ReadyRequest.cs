namespace Rescue.Sessions.Applet.Machines;

internal sealed record ReadyRequest(string HostName, MachinePlatform Platform);

namespace Rescue.Sessions.Applet.Machines;

sealed record ReadyRequest(string HostName, MachinePlatform Platform);

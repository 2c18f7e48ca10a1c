namespace Rescue.Sessions.AspNetCore.Applets;

internal sealed record ReadyBody(string? HostName, string? Platform, string? Kind);

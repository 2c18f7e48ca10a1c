namespace Rescue.Sessions.AspNetCore.Applets;

internal sealed record JoinBody(string? Token, string? Pin, string? Instance, int? Protocol);

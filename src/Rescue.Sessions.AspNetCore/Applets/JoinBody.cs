using System.ComponentModel.DataAnnotations;

namespace Rescue.Sessions.AspNetCore.Applets;

internal sealed record JoinBody(string? Token, string? Pin, [property: StringLength(64, MinimumLength = 1)] string? Instance, int? Protocol);

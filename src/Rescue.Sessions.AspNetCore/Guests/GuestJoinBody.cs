using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Rescue.Sessions.AspNetCore.Guests;

internal sealed record GuestJoinBody(
    [property: Required, Description("The token of the link.")] string? Token,
    [property: Required, Description("What the guest calls themselves; customer and technicians see it.")] string? Name,
    [property: StringLength(64, MinimumLength = 1), Description("The name of the browser or program for itself, by which it may come back.")] string? Instance);

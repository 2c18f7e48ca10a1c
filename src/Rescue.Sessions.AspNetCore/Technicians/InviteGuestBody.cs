using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Rescue.Sessions.AspNetCore.Technicians;

internal sealed record InviteGuestBody(
    [property: Required, Description("How the technician calls the guest.")] string? Name,
    [property: Description("For how many minutes the link is good, and the visit may last; the product's default without it.")] int? Minutes);

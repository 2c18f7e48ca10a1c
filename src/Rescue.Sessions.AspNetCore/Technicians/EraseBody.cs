using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Rescue.Sessions.AspNetCore.Technicians;

internal sealed record EraseBody(
    [property: Required]
    [property: Description("The customer's whole name, or their whole email address or telephone number as invitations take them.")]
    string? Customer);

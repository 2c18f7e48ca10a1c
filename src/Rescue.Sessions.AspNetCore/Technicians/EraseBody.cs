using System.ComponentModel.DataAnnotations;

namespace Rescue.Sessions.AspNetCore.Technicians;

internal sealed record EraseBody([property: Required] string? Customer);

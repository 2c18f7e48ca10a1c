using System.ComponentModel.DataAnnotations;

namespace Rescue.Sessions.AspNetCore.Technicians;

internal sealed record TransferBody([property: Required] string? To);

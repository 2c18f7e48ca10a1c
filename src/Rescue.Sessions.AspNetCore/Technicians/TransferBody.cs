using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Rescue.Sessions.AspNetCore.Technicians;

internal sealed record TransferBody([property: Required, Description("The id of the colleague.")] string? To);

namespace Rescue.Sessions.AspNetCore.Technicians;

internal sealed record TransferBody(string? To);

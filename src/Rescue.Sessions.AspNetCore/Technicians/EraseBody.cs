namespace Rescue.Sessions.AspNetCore.Technicians;

internal sealed record EraseBody(string? Customer);

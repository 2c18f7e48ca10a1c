namespace Rescue.Sessions.AspNetCore.Settings;

internal sealed record EmailDefaultsBody(string? Language, string? TimeZone, long? Version);

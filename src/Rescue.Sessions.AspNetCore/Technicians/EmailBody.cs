namespace Rescue.Sessions.AspNetCore.Technicians;

internal sealed record EmailBody(string? Delivery, string? To, bool? ForMobileDevice, string? Platform, string? Language, string? TimeZone, IReadOnlyDictionary<string, string>? Values);

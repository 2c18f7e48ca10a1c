using System.ComponentModel.DataAnnotations;
using Rescue.Sessions.Devices;
using Rescue.Sessions.Invitations;

namespace Rescue.Sessions.AspNetCore.Technicians;

internal sealed record EmailBody(
    [property: Required, EnumDataType(typeof(EmailDelivery))] string? Delivery,
    string? To,
    bool? ForMobileDevice,
    [property: EnumDataType(typeof(DevicePlatform))] string? Platform,
    string? Language,
    string? TimeZone,
    IReadOnlyDictionary<string, string>? Values);

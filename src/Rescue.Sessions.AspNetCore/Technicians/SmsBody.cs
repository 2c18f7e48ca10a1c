using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Rescue.Sessions.Devices;

namespace Rescue.Sessions.AspNetCore.Technicians;

internal sealed record SmsBody(
    [property: Required, Description("The telephone number with a plus sign and the code of its country.")] string? To,
    [property: Description("Whether the telephone is the device that is to be helped, or another mobile device is.")] bool? ForMobileDevice,
    [property: EnumDataType(typeof(DevicePlatform))] string? Platform,
    string? Language);

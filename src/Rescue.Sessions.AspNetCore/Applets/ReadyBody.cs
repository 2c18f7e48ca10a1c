using System.ComponentModel.DataAnnotations;
using Rescue.Sessions.Devices;

namespace Rescue.Sessions.AspNetCore.Applets;

internal sealed record ReadyBody(
    string? HostName,
    [property: EnumDataType(typeof(DevicePlatform))] string? Platform,
    [property: EnumDataType(typeof(AppletKind))] string? Kind);

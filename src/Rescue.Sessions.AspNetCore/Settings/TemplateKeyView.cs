using System.ComponentModel.DataAnnotations;
using Rescue.Sessions.Devices;

namespace Rescue.Sessions.AspNetCore.Settings;

internal sealed record TemplateKeyView(string Language, [property: EnumDataType(typeof(DevicePlatform))] string? Platform);

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rescue.Sessions.AspNetCore.Json;

/// <summary>Enums as camelCase strings, never as numbers.</summary>
internal sealed class CamelCaseEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where TEnum : struct, Enum;

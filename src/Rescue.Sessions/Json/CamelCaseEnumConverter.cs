using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rescue.Sessions.Json;

/// <summary>Writes the values of an enum as camelCase strings, and reads them in any case; numbers are refused. The library's enums have it.</summary>
/// <typeparam name="TEnum">The enum.</typeparam>
public sealed class CamelCaseEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where TEnum : struct, Enum;

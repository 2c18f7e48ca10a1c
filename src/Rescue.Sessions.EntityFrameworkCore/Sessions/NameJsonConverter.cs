using System.Text.Json.Serialization;

namespace Rescue.Sessions.EntityFrameworkCore.Sessions;

/// <summary>A choice by its name alone: a number may be one that there is no choice for, and would be found out only where it is used.</summary>
internal sealed class NameJsonConverter<TEnum>() : JsonStringEnumConverter<TEnum>(namingPolicy: null, allowIntegerValues: false)
    where TEnum : struct, Enum;

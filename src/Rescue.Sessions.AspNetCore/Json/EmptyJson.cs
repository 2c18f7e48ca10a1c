using System.Text.Json.Serialization;

namespace Rescue.Sessions.AspNetCore.Json;

/// <summary>A body that holds nothing, as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, AllowDuplicateProperties = false, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(EmptyBody))]
internal sealed partial class EmptyJson : JsonSerializerContext;

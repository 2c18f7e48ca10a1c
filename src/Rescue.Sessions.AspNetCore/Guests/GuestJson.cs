using System.Text.Json.Serialization;

namespace Rescue.Sessions.AspNetCore.Guests;

/// <summary>What guests send and are answered, as JSON. A view has one shape: what is not known is null, so that a client can put a newer view over an older one.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, AllowDuplicateProperties = false, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(GuestJoinBody))]
[JsonSerializable(typeof(GuestJoinedView))]
[JsonSerializable(typeof(GuestStatusView))]
internal sealed partial class GuestJson : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace Rescue.Sessions.AspNetCore.Applets;

/// <summary>What applets send and are answered, as JSON. A view has one shape: what is not known is null, so that a client can put a newer view over an older one.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, AllowDuplicateProperties = false, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(JoinBody))]
[JsonSerializable(typeof(JoinedView))]
[JsonSerializable(typeof(ReadyBody))]
[JsonSerializable(typeof(AppletStatusView))]
internal sealed partial class AppletJson : JsonSerializerContext;

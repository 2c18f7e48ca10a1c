using System.Text.Json.Serialization;

namespace Rescue.Sessions.Tests.Json;

/// <summary>In a context of its own, for the compiler takes the nested types' own names, which are those of <see cref="SessionResult"/> too.</summary>
[JsonSerializable(typeof(CreateSessionResult))]
internal sealed partial class HostCreationJson : JsonSerializerContext;

using System.Text.Json.Serialization;
using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.Tests.Json;

/// <summary>What a host that is compiled ahead of time writes for itself: no reflection, and no word about the library's types.</summary>
[JsonSerializable(typeof(Session))]
[JsonSerializable(typeof(SessionResult))]
[JsonSerializable(typeof(SessionEvent))]
[JsonSerializable(typeof(Dictionary<SessionId, SessionStatus>))]
[JsonSerializable(typeof(SessionId))]
[JsonSerializable(typeof(SessionStatus))]
internal sealed partial class HostJson : JsonSerializerContext;

using System.Text.Json;
using System.Text.Json.Serialization;
using Rescue.Sessions.Devices;
using Rescue.Sessions.Identities;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Sessions;

/// <summary>How sessions and events are written as documents. What a later version adds is left alone by an earlier one.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true,
    Converters =
    [
        typeof(SessionIdJsonConverter),
        typeof(KeyedHashJsonConverter),
        typeof(TechnicianJsonConverter),
        // As they have been written from the beginning, which is not how a host's JSON has them.
        typeof(NameJsonConverter<SessionStatus>),
        typeof(NameJsonConverter<SessionTrigger>),
        typeof(NameJsonConverter<SessionEnd>),
        typeof(NameJsonConverter<SessionActor>),
        typeof(NameJsonConverter<SessionEventKind>),
        typeof(NameJsonConverter<InvitationState>),
        typeof(NameJsonConverter<EmailDelivery>),
        typeof(NameJsonConverter<DevicePlatform>),
        typeof(NameJsonConverter<AppletKind>),
    ])]
[JsonSerializable(typeof(StoredSession))]
[JsonSerializable(typeof(SessionEvent))]
internal sealed partial class StoredSessionJson : JsonSerializerContext
{
    public static string Write(StoredSession session) => JsonSerializer.Serialize(session, Default.StoredSession);

    /// <summary>Reads a session; a sign of life is newer than the document.</summary>
    public static StoredSession ReadSession(string document, long? lastSeenAt)
    {
        var stored = JsonSerializer.Deserialize(document, Default.StoredSession) ?? throw new JsonException();
        var seen = Ticks.Read(lastSeenAt);
        return seen == stored.Session.LastSeenAt ? stored : stored with { Session = stored.Session with { LastSeenAt = seen } };
    }

    public static string Write(SessionEvent happened) => JsonSerializer.Serialize(happened, Default.SessionEvent);

    public static SessionEvent ReadEvent(string document, long sequence) =>
        (JsonSerializer.Deserialize(document, Default.SessionEvent) ?? throw new JsonException()) with { Sequence = sequence };

    /// <summary>Whether a document was at fault: it is no JSON, lacks something, or has what this version does not know or would not take.</summary>
    public static bool IsUnreadable(Exception failure) =>
        failure is JsonException or FormatException or OverflowException or ArgumentException or InvalidOperationException;
}

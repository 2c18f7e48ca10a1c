using System.Text.Json.Serialization;

namespace Rescue.Sessions.AspNetCore.Technicians;

/// <summary>What technicians send and are answered, as JSON. A view has one shape: what is not known is null, so that a client can put a newer view over an older one.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, AllowDuplicateProperties = false, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(CreateSessionBody))]
[JsonSerializable(typeof(SessionView))]
[JsonSerializable(typeof(SessionListView))]
[JsonSerializable(typeof(MeView))]
[JsonSerializable(typeof(TransferBody))]
[JsonSerializable(typeof(ColleagueListView))]
[JsonSerializable(typeof(PresenceBody))]
[JsonSerializable(typeof(PresenceView))]
[JsonSerializable(typeof(SessionEventView))]
[JsonSerializable(typeof(ResendBody))]
[JsonSerializable(typeof(InviteGuestBody))]
[JsonSerializable(typeof(GuestView))]
[JsonSerializable(typeof(GuestListView))]
[JsonSerializable(typeof(EraseBody))]
[JsonSerializable(typeof(ErasedView))]
internal sealed partial class TechnicianJson : JsonSerializerContext;

using System.Text.Json;

namespace Rescue.Sessions.Applet.Events;

/// <summary>The data of a status event. Members are read leniently: a newer server may give one of them another shape.</summary>
internal sealed record StatusData(JsonElement Status, JsonElement Technician, JsonElement EndReason, JsonElement HandOver = default)
{
    /// <summary>Null for a status this version does not know.</summary>
    public StatusReported? ToEvent() =>
        Read(Status) is { Length: > 0 } name && char.IsAsciiLetter(name[0]) && Enum.TryParse<SessionStatus>(name, ignoreCase: true, out var status)
            ? new StatusReported(status, Read(Technician), Read(EndReason), ReadSecret())
            : null;

    private string? ReadSecret() =>
        HandOver.ValueKind == JsonValueKind.Object && HandOver.TryGetProperty("secret", out var secret) ? Read(secret) : null;

    private static string? Read(JsonElement member) => member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}

using System.Text.Json;

namespace Rescue.Sessions.Applet.Events;

/// <summary>The data of a status event. Members are read leniently: a newer server may give one of them another shape.</summary>
internal sealed record StatusData(JsonElement Status, JsonElement Technician, JsonElement EndReason, JsonElement HandOver = default, JsonElement Guests = default)
{
    /// <summary>Null for a status this version does not know.</summary>
    public StatusReported? ToEvent() =>
        Read(Status) is { Length: > 0 } name && char.IsAsciiLetter(name[0]) && Enum.TryParse<SessionStatus>(name, ignoreCase: true, out var status)
            ? new StatusReported(status, Read(Technician), Read(EndReason), ReadSecret(), ReadGuests())
            : null;

    public GuestsReported ToGuests() => new(ReadGuests());

    private string? ReadSecret() =>
        HandOver.ValueKind == JsonValueKind.Object && HandOver.TryGetProperty("secret", out var secret) ? Read(secret) : null;

    private string[] ReadGuests() =>
        Guests.ValueKind == JsonValueKind.Array ? [.. Guests.EnumerateArray().Select(Read).OfType<string>()] : [];

    private static string? Read(JsonElement member) => member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}

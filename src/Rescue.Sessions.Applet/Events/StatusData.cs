using System.Text.Json;
using Rescue.Sessions.Applet.Transport;

namespace Rescue.Sessions.Applet.Events;

/// <summary>The data of a status event. Members are read leniently: a newer server may give one of them another shape.</summary>
internal sealed record StatusData(
    JsonElement Status, JsonElement Technician, JsonElement EndReason, JsonElement HandOver = default, JsonElement Guests = default, JsonElement StatusSince = default)
{
    /// <summary>Null for a status this version does not know.</summary>
    public StatusReported? ToEvent() =>
        JsonText.Of(Status) is { Length: > 0 } name && char.IsAsciiLetter(name[0]) && Enum.TryParse<SessionStatus>(name, ignoreCase: true, out var status)
            ? new StatusReported(status, JsonText.LineOf(Technician), JsonText.LineOf(EndReason), ReadSecret(), ReadGuests(), ReadSince())
            : null;

    public GuestsReported ToGuests() => new(ReadGuests());

    private string? ReadSecret() =>
        HandOver.ValueKind == JsonValueKind.Object && HandOver.TryGetProperty("secret", out var secret) ? JsonText.Of(secret) : null;

    private DateTimeOffset? ReadSince() => JsonText.Of(StatusSince) is not null && StatusSince.TryGetDateTimeOffset(out var since) ? since : null;

    private string[] ReadGuests() =>
        Guests.ValueKind == JsonValueKind.Array ? [.. Guests.EnumerateArray().Select(JsonText.LineOf).OfType<string>()] : [];
}
